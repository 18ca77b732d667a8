using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Operators;

namespace ModelSlim.Core.Costs;

/// <summary>Counts what a model costs, as it is or after cuts that nobody has made yet.</summary>
/// <param name="catalog">What is known about operators.</param>
public sealed class CostModel(OperatorCatalog catalog)
{
    /// <summary>Counts a model at the traced shapes.</summary>
    /// <param name="model">The model.</param>
    /// <param name="trace">Its trace.</param>
    /// <param name="inner">What its subgraphs cost; null means nothing.</param>
    public ModelCost Measure(OnnxModel model, ValueTrace trace, InnerCost? inner = null)
    {
        var index = new GraphIndex(model.Graph);
        var ledger = new CostLedger(index, trace, catalog, inner);
        return new ModelCost(ledger.Macs, ledger.Params, new OnnxWriter().Size(model));
    }

    /// <summary>Multiply-accumulates of a node at the traced shapes; 0 where it was not traced.</summary>
    /// <param name="node">The node.</param>
    /// <param name="index">Its graph.</param>
    /// <param name="trace">The trace of that.</param>
    public long Macs(Node node, GraphIndex index, ValueTrace trace) =>
        catalog.Find(node) is { } known && node.Inputs.Concat(node.Outputs).All(value => value.Length == 0 || trace.Shapes.ContainsKey(value))
            ? known.Macs(NodeView.Of(node, index, trace))
            : 0;
}
