using ModelSlim.Core.Axes;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Operators;

namespace ModelSlim.Core.Pruning;

/// <summary>Makes cuts: slices stored tensors and lets each operator rewrite what states sizes. Decides nothing.</summary>
/// <param name="catalog">What is known about operators.</param>
public sealed class CutApplier(OperatorCatalog catalog)
{
    /// <summary>
    /// The graph after the cuts. Values keep their names. Where a size is computed from shapes and would come out wrong, nodes
    /// that correct it are added.
    /// </summary>
    public Graph Apply(GraphIndex index, ValueTrace trace, ChannelCuts cuts)
    {
        if (cuts.IsEmpty)
        {
            return index.Graph;
        }

        var slim = new GraphInTheMaking(index, trace, cuts);
        var origins = new ShapeOrigins(index, trace, catalog);
        var forecast = new SizeForecast(index, trace, cuts, origins, catalog);
        foreach (var node in index.Graph.Nodes)
        {
            Rewrite(node, index, trace, cuts, origins, forecast, slim);
        }

        return slim.Finish();
    }

    private void Rewrite(
        Node node, GraphIndex index, ValueTrace trace, ChannelCuts cuts, ShapeOrigins origins, SizeForecast forecast, GraphInTheMaking slim)
    {
        var output = node.Outputs.FirstOrDefault("");
        if (index.Constant(output) is not null)
        {
            slim.AddConstant(node);
        }
        else if (forecast.IsRestored(output))
        {
            slim.AddRestored(node, forecast.Measured(output), forecast.MeasuredBefore(output), origins.IsFixed(origins.Of(output)));
        }
        else if (catalog.Find(node) is { } op && Concerns(node, op, trace, cuts, forecast))
        {
            var before = NodeView.Of(node, index, trace, origins);
            var after = before.After(cuts, forecast.Integers);
            slim.AddRewritten(after, op.Rewrite(before, after));
        }
        else
        {
            slim.Add(node);
        }
    }

    private static bool Concerns(Node node, Operator op, ValueTrace trace, ChannelCuts cuts, SizeForecast forecast) =>
        node.Inputs.Concat(node.Outputs).Any(value => IsCut(value, trace, cuts))
        || op.SizeInputs.Any(input => node.Input(input).Length > 0 && forecast.Changes(node.Input(input)));

    private static bool IsCut(string value, ValueTrace trace, ChannelCuts cuts) =>
        trace.Shapes.TryGetValue(value, out var shape) && !cuts.Shorten(value, shape).SequenceEqual(shape);
}
