using System.Collections.Immutable;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Training.Sparsity;

/// <summary>
/// Puts a factor of 1 for each channel behind layers without BatchNormalization, and folds it into weights and bias again
/// after training.
/// </summary>
internal sealed class FreeScaleInsertion
{
    /// <summary>The layers that can take one: with weights and bias of their own.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="wanted">The values whose channels are asked for.</param>
    public ImmutableArray<FreeScale> Find(Graph graph, IReadOnlySet<string> wanted)
    {
        var index = new GraphIndex(graph);
        var uses = graph.Nodes.SelectMany(GraphIndex.Captured).CountBy(name => name).ToDictionary(StringComparer.Ordinal);
        bool IsOwn(string name) => graph.Initializers.TryGetValue(name, out var tensor) && tensor.IsFloatingPoint && uses[name] == 1;
        return
        [
            .. graph.Nodes.Where(node => node.Domain.Length == 0 && node.Inputs.Length > 1 && IsOwn(node.Inputs[1]))
                .Select(node => Behind(node, index, IsOwn))
                .OfType<FreeScale>()
                .Where(place => wanted.Contains(place.Output) && !index.IsOutput(place.Output)
                    && !index.Consumers(place.Output).Any(next => next.OpType == "BatchNormalization")),
        ];
    }

    /// <summary>The graph with factors that change nothing yet.</summary>
    public Graph Insert(Graph graph, ImmutableArray<FreeScale> places)
    {
        var byOutput = places.ToDictionary(place => place.Output, StringComparer.Ordinal);
        var initializers = graph.Initializers.ToBuilder();
        var nodes = ImmutableArray.CreateBuilder<Node>();
        foreach (var node in graph.Nodes)
        {
            if (!byOutput.TryGetValue(node.Outputs[0], out var place))
            {
                nodes.Add(node);
                continue;
            }

            ImmutableArray<int> shape = [place.Channels, .. Enumerable.Repeat(1, place.AxesBehind)];
            var ones = new float[place.Channels];
            Array.Fill(ones, 1);
            initializers[place.Scale] = TensorData.From(shape, ones);
            nodes.Add(node with { Outputs = [place.Inner] });
            nodes.Add(new Node { Name = place.Scale, OpType = "Mul", Inputs = [place.Inner, place.Scale], Outputs = [place.Output] });
        }

        return graph with { Nodes = nodes.ToImmutable(), Initializers = initializers.ToImmutable() };
    }

    /// <summary>The graph as it was, with weights and biases that do what layer and factors do together.</summary>
    /// <param name="original">The graph before <see cref="Insert"/>.</param>
    /// <param name="trained">The graph after training.</param>
    /// <param name="places">Where the factors are.</param>
    public Graph Fold(Graph original, Graph trained, ImmutableArray<FreeScale> places)
    {
        if (places.IsEmpty)
        {
            return trained;
        }

        var values = original.Initializers.Keys.ToDictionary(name => name, name => trained.Initializers[name], StringComparer.Ordinal);
        foreach (var place in places)
        {
            var scale = trained.Initializers[place.Scale].ToSingles();
            values[place.Weight] = Scaled(values[place.Weight], place.Axis, scale);
            if (place.Bias is { } bias)
            {
                values[bias] = Scaled(values[bias], values[bias].Shape.IndexOf(place.Channels), scale);
            }
        }

        var constants = trained.Nodes.Where(node => node.OpType == "Constant").ToDictionary(node => node.Outputs[0], StringComparer.Ordinal);
        return original with
        {
            Initializers = original.Initializers.SetItems(values),
            Nodes = [.. original.Nodes.Select(node => node.OpType == "Constant" ? constants.GetValueOrDefault(node.Outputs[0], node) : node)],
        };
    }

    private static FreeScale? Behind(Node node, GraphIndex index, Func<string, bool> isOwn)
    {
        var weight = index.Constant(node.Inputs[1])!;
        if (LayerAxis.Of(node, weight) is not { } own || weight.Shape[own] < 2)
        {
            return null;
        }

        var channels = weight.Shape[own];
        var behind = node.OpType is "Conv" or "ConvTranspose" ? weight.Shape.Length - 2 : 0;
        if (node.Input(2) is { Length: > 0 } bias)
        {
            return isOwn(bias) && IsVector(index.Constant(bias)!, channels, 0)
                ? new FreeScale(node.Inputs[1], own, bias, node.Outputs[0], channels, behind)
                : null;
        }

        // A bias that is added by a node of its own belongs to the layer: a channel that is multiplied by 0 must be 0.
        if (index.Consumers(node.Outputs[0]) is [{ OpType: "Add", Domain: "" } add] && !index.IsOutput(node.Outputs[0])
            && add.Inputs.FirstOrDefault(input => input != node.Outputs[0]) is { } added
            && isOwn(added) && IsVector(index.Constant(added)!, channels, behind))
        {
            return new FreeScale(node.Inputs[1], own, added, add.Outputs[0], channels, behind);
        }

        return new FreeScale(node.Inputs[1], own, null, node.Outputs[0], channels, behind);
    }

    private static bool IsVector(TensorData tensor, int channels, int axesBehind) =>
        tensor.Length == channels && tensor.Shape.Length > axesBehind && tensor.Shape[^(axesBehind + 1)] == channels;

    private static TensorData Scaled(TensorData tensor, int axis, float[] scale)
    {
        var values = tensor.ToSingles();
        var run = (int)TensorData.Count(tensor.Shape[(axis + 1)..]);
        for (var i = 0; i < values.Length; i++)
        {
            values[i] *= scale[i / run % scale.Length];
        }

        return tensor.WithSingles(values);
    }
}
