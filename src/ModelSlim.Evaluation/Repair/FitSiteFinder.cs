using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Evaluation.Repair;

/// <summary>Finds the layers of a model that can be fitted, and follows each to where it should equal the original.</summary>
internal sealed class FitSiteFinder
{
    private readonly GraphIndex index;
    private readonly Dictionary<string, int> places = new(StringComparer.Ordinal);

    /// <summary>Looks at the slim model.</summary>
    public FitSiteFinder(Graph graph)
    {
        index = new GraphIndex(graph);
        for (var i = 0; i < graph.Nodes.Length; i++)
        {
            foreach (var output in graph.Nodes[i].Outputs.Where(o => o.Length > 0))
            {
                places[output] = i;
            }
        }
    }

    /// <summary>The layers, in graph order.</summary>
    public IEnumerable<FitSite> Find() => index.Graph.Nodes.Select(Site).OfType<FitSite>();

    private FitSite? Site(Node node)
    {
        if (node.Domain.Length > 0 || index.Constant(node.Input(1)) is not { Type: ElementType.Float } weight
            || index.Consumers(node.Input(1)).Count != 1 || index.IsOutput(node.Input(1))
            || index.Constant(node.Input(0)) is not null)
        {
            return null;
        }

        switch (node.OpType)
        {
            case "Conv" when weight.Shape.Length > 2:
                return Follow(node, FitKind.Convolution, (int)node.GetInt("group", 1), weight.Shape[0]);
            case "Gemm" when node.GetInt("transA", 0) == 0 && node.GetFloat("alpha", 1) == 1 && node.GetFloat("beta", 1) == 1:
                return node.GetInt("transB", 0) != 0
                    ? Follow(node, FitKind.TransposedProduct, 1, weight.Shape[0])
                    : Follow(node, FitKind.Product, 1, weight.Shape[1]);
            case "MatMul" when weight.Shape.Length == 2:
                return Follow(node, FitKind.Product, 1, weight.Shape[1]);
            default:
                return null;
        }
    }

    private FitSite? Follow(Node layer, FitKind kind, int groups, int channels)
    {
        var scale = new double[channels];
        var shift = new double[channels];
        Array.Fill(scale, 1);
        InterceptPlace? intercept = null;
        if (layer.Input(2).Length > 0)
        {
            if (PerChannel(layer.Inputs[2], kind, channels, isBias: true) is not { } bias)
            {
                return null;
            }

            shift = bias;
            intercept = Place(layer.Inputs[2], channels, 1);
        }

        var goal = layer.Outputs[0];
        string? beside = null;
        var activation = Bounds.None;
        while (activation.IsNone && index.Consumers(goal) is [var next] && !index.IsOutput(goal))
        {
            if (next is { OpType: "BatchNormalization", Domain: "" } && beside is null && kind == FitKind.Convolution
                && next.Input(0) == goal && Normalization(next) is { } affine)
            {
                intercept ??= scale.All(s => s == 1) ? Place(next.Inputs[3], channels, -1) : null;
                for (var i = 0; i < channels; i++)
                {
                    scale[i] *= affine.Scale[i];
                    shift[i] = (shift[i] * affine.Scale[i]) + affine.Shift[i];
                }
            }
            else if (next is { OpType: "Add", Domain: "" } && next.Inputs.Length == 2 && next.Inputs[0] != next.Inputs[1])
            {
                var other = next.Inputs[0] == goal ? next.Inputs[1] : next.Inputs[0];
                if (index.Constant(other) is not null)
                {
                    if (PerChannel(other, kind, channels, isBias: false) is not { } added)
                    {
                        break;
                    }

                    intercept ??= scale.All(s => s == 1) ? Place(other, channels, 1) : null;
                    for (var i = 0; i < channels; i++)
                    {
                        shift[i] += added[i];
                    }
                }
                else if (beside is null && places.GetValueOrDefault(other, -1) < places[layer.Outputs[0]])
                {
                    beside = other;
                }
                else
                {
                    break;
                }
            }
            else if (next is { OpType: "Relu" or "Clip", Domain: "" } && next.Input(0) == goal && Activation(next) is { } bounds)
            {
                activation = bounds;
                break;
            }
            else if (next is not { OpType: "Identity", Domain: "" })
            {
                break;
            }

            goal = next.Outputs[0];
        }

        return scale.Any(s => Math.Abs(s) < 1e-12 || !double.IsFinite(s))
            ? null
            : new FitSite
            {
                Node = layer,
                Kind = kind,
                Groups = groups,
                Intercept = intercept,
                Goal = goal,
                Scale = scale,
                Shift = shift,
                Beside = beside,
                Activation = activation,
            };
    }

    private Bounds? Activation(Node node)
    {
        if (node.OpType == "Relu")
        {
            return new Bounds(0, float.PositiveInfinity);
        }

        if (node.Attributes.ContainsKey("min") || node.Attributes.ContainsKey("max"))
        {
            return new Bounds(node.GetFloat("min", float.NegativeInfinity), node.GetFloat("max", float.PositiveInfinity));
        }

        var lower = Scalar(node.Input(1), float.NegativeInfinity);
        var upper = Scalar(node.Input(2), float.PositiveInfinity);
        return lower is { } l && upper is { } u ? new Bounds(l, u) : null;
    }

    private float? Scalar(string name, float otherwise) =>
        name.Length == 0 ? otherwise
        : index.Constant(name) is { Type: ElementType.Float, Length: 1 } tensor ? tensor.ToSingles()[0]
        : null;

    private (double[] Scale, double[] Shift)? Normalization(Node node)
    {
        var parts = Enumerable.Range(1, 4).Select(i => index.Constant(node.Input(i))).ToArray();
        if (parts.Any(part => part is not { Type: ElementType.Float }) || node.GetInt("training_mode", 0) != 0)
        {
            return null;
        }

        var values = parts.Select(part => part!.ToSingles()).ToArray();
        var epsilon = node.GetFloat("epsilon", 1e-5f);
        var scale = values[0].Zip(values[3], (gamma, variance) => gamma / Math.Sqrt((double)variance + epsilon)).ToArray();
        var shift = values[1].Select((beta, i) => beta - (values[2][i] * scale[i])).ToArray();
        return (scale, shift);
    }

    private double[]? PerChannel(string name, FitKind kind, int channels, bool isBias)
    {
        if (index.Constant(name) is not { Type: ElementType.Float } tensor)
        {
            return null;
        }

        // A bias of Conv is [M]; what is added to a value must have its channels where the value has them.
        var fits = tensor.Length == channels && (isBias || kind != FitKind.Convolution
            ? tensor.Shape[^1] == channels
            : tensor.Shape.Length > 2 && tensor.Shape.SkipWhile(extent => extent == 1).Skip(1).All(extent => extent == 1));
        var values = tensor.ToSingles();
        return fits ? Array.ConvertAll(values, v => (double)v)
            : tensor.Length == 1 ? [.. Enumerable.Repeat((double)values[0], channels)]
            : null;
    }

    private InterceptPlace? Place(string name, int channels, double factor) =>
        index.Constant(name) is { } tensor && tensor.Length == channels && index.Consumers(name).Count == 1 && !index.IsOutput(name)
            ? new InterceptPlace(name, factor)
            : null;
}
