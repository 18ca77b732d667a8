using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Operators;

namespace ModelSlim.Core.Costs;

/// <summary>Counts what a model costs, as it is or after cuts that nobody has made yet.</summary>
/// <param name="catalog">What is known about operators.</param>
public sealed class CostModel(OperatorCatalog catalog)
{
    /// <summary>Counts a model at the traced shapes.</summary>
    public ModelCost Measure(OnnxModel model, ValueTrace trace)
    {
        var index = new GraphIndex(model.Graph);
        var ledger = new CostLedger(index, trace, catalog);
        return new ModelCost(ledger.Macs, ledger.Params, new OnnxWriter().Size(model));
    }
}
