using ModelSlim.Core.Graphs;

namespace ModelSlim.Evaluation.Repair;

/// <summary>Finds the layers of a model that can be fitted, and follows each to where it should equal the original.</summary>
internal sealed class FitSiteFinder
{
    private readonly GraphIndex index;
    private readonly ValueTrace trace;
    private readonly LayerForms forms;
    private readonly ChannelConstants constants;
    private readonly Dictionary<string, int> places = new(StringComparer.Ordinal);

    /// <summary>Looks at the slim model.</summary>
    /// <param name="graph">Its graph.</param>
    /// <param name="trace">Its traced shapes.</param>
    public FitSiteFinder(Graph graph, ValueTrace trace)
    {
        this.trace = trace;
        index = new GraphIndex(graph);
        forms = new LayerForms(index, trace);
        constants = new ChannelConstants(index);
        for (var i = 0; i < graph.Nodes.Length; i++)
        {
            foreach (var output in graph.Nodes[i].Outputs.Where(o => o.Length > 0))
            {
                places[output] = i;
            }
        }
    }

    /// <summary>The layers, in graph order.</summary>
    public IEnumerable<FitSite> Find() => index.Graph.Nodes.Select(forms.Of).OfType<LayerForm>().Select(Site).OfType<FitSite>();

    private FitSite? Site(LayerForm form)
    {
        var node = form.Node;
        var output = trace.Shapes.GetValueOrDefault(node.Outputs[0]);
        if (output.IsDefault
            || form.LayOut(trace.Shape(node.Inputs[form.Input]), trace.Shape(node.Inputs[form.Weight]), output) is not { } layout
            || (!form.IsInside && !output.SequenceEqual(layout.OutputShape)))
        {
            return null;
        }

        var way = new GoalWay(layout.Channels, form.Scale);
        if (form.Bias is { } bias && node.Input(bias).Length > 0 && !AddBias(form, layout, node.Inputs[bias], way))
        {
            return null;
        }

        if (form.IsInside)
        {
            return way.To(form, null, Bounds.None);
        }

        way.Beside = form.Beside is { } addend && node.Input(addend).Length > 0 ? node.Inputs[addend] : null;
        var activation = form.Activation;
        var goal = node.Outputs[0];
        while (activation.IsNone && index.Consumers(goal) is [var next] && !index.IsOutput(goal))
        {
            if (next is { OpType: "Relu" or "Clip", Domain: "" } && next.Input(0) == goal && Activation(next) is { } bounds)
            {
                activation = bounds;
            }
            else if (trace.Shapes.GetValueOrDefault(next.Outputs[0]) is { IsDefault: false } shape && shape.SequenceEqual(output)
                && Pass(next, goal, form, layout, way))
            {
                goal = next.Outputs[0];
            }
            else
            {
                break;
            }
        }

        return way.To(form, goal, activation);
    }

    // True where the way goes on through a node; its output has the same shape as what it reads.
    private bool Pass(Node next, string goal, LayerForm form, LayerLayout layout, GoalWay way)
    {
        switch (next)
        {
            case { OpType: "Identity", Domain: "" }:
                return true;
            case { OpType: "BatchNormalization", Domain: "" }
                when way.Beside is null && layout.ChannelAxes is [1] && next.Input(0) == goal && constants.Normalization(next) is { } affine:
                way.Offer(constants.Place(next.Inputs[3], [.. Enumerable.Range(0, layout.Channels)], [.. way.Scale.Select(scale => -scale)]));
                way.Multiply(affine.Scale);
                way.Add(affine.Shift);
                return true;
            case { OpType: "Add" or "Mul", Domain: "", Inputs: [var left, var right] } when left != right:
                var other = left == goal ? right : left;
                if (index.Constant(other) is null)
                {
                    return next.OpType == "Add" && AddBeside(other, form, way);
                }

                if (constants.Reads(other, layout) is not { } reads || constants.Values(other, reads) is not { } values)
                {
                    return false;
                }

                if (next.OpType == "Mul")
                {
                    if (way.Beside is not null)
                    {
                        return false;
                    }

                    way.Multiply(values);
                    return true;
                }

                way.Offer(constants.Place(other, reads, way.Scale));
                way.Add(values);
                return true;
            default:
                return false;
        }
    }

    // What is made after the layer could itself follow from it.
    private bool AddBeside(string other, LayerForm form, GoalWay way)
    {
        var output = form.Node.Outputs[0];
        if (way.Beside is not null || !trace.Shapes.TryGetValue(other, out var shape) || !shape.SequenceEqual(trace.Shape(output))
            || places.GetValueOrDefault(other, -1) >= places[output])
        {
            return false;
        }

        way.Beside = other;
        return true;
    }

    private bool AddBias(LayerForm form, LayerLayout layout, string bias, GoalWay way)
    {
        if (!trace.Shapes.TryGetValue(bias, out var shape)
            || (form.BiasPlaces(layout, shape) ?? constants.Reads(bias, layout)) is not { } reads
            || constants.Values(bias, reads) is not { } values)
        {
            // What is inside a node stands without its bias.
            return form.IsInside;
        }

        way.Offer(constants.Place(bias, reads, [.. way.Scale.Select(scale => scale / form.BiasScale)]));
        if (!form.IsInside)
        {
            way.Add([.. values.Select(value => value * form.BiasScale)]);
        }

        return true;
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
        : index.Constant(name) is { IsFloatingPoint: true, Length: 1 } tensor ? tensor.ToSingles()[0]
        : null;
}
