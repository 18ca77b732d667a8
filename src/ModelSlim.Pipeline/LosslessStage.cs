using ModelSlim.Core.Axes;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Lossless;
using ModelSlim.Core.Operators;
using ModelSlim.Core.Recipes;
using ModelSlim.Evaluation.Tracing;
using ModelSlim.Evaluation.Verification;

namespace ModelSlim.Pipeline;

/// <summary>Removes channels that can go without changing any output, before anything is scored, and checks that nothing changed.</summary>
/// <param name="analysis">Analyses what is left.</param>
/// <param name="observer">Tells the values of constant channels.</param>
/// <param name="check">Compares the two models.</param>
/// <param name="catalog">What is known about operators.</param>
public sealed class LosslessStage(AnalysisStage analysis, ValueObserver observer, MaskedOriginalCheck check, OperatorCatalog catalog)
{
    /// <summary>Removes them, unless the recipe repairs nothing.</summary>
    /// <returns>
    /// The model without them; the model as it is, with MSLIM5005 where outputs would change, where there are none.
    /// </returns>
    public Result<LosslessModel> Run(ModelAnalysis found, Recipe recipe, CancellationToken cancellation) =>
        recipe.Repair == RepairMode.Auto ? Remove(found, recipe, cancellation) : new LosslessModel(found, []);

    /// <summary>Removes them, whatever the recipe says of repair.</summary>
    public Result<LosslessModel> Remove(ModelAnalysis found, Recipe recipe, CancellationToken cancellation)
    {
        var search = new LosslessSearch(found.Index, found.Trace, found.Dependencies, catalog);
        var observed = observer.Read(found.Model, found.Trace, search.Wanted, cancellation);
        var result = search.Finish(observed.Value ?? []);
        if (result.Removals.IsEmpty)
        {
            return new LosslessModel(found, []);
        }

        var slim = found.Model.With(result.Graph);
        var error = check.Run(found.Model, found.Index, found.Trace, slim, new ChannelCuts([]), cancellation);
        if (!error.Succeeded || error.Value.Relative > MaskedOriginalCheck.Tolerance(found.Model.Graph) || !error.Value.Unseen.IsEmpty)
        {
            var why = !error.Succeeded ? error.Diagnostics[0].Message
                : error.Value.Unseen is [var value, ..] ? $"'{value}' shows nothing, whatever the model is fed"
                : $"outputs change by {error.Value.Relative:E1} of the largest";
            return Result<LosslessModel>.With(
                new LosslessModel(found, []),
                [DiagnosticCodes.GroupUnproven.Says($"dead, constant and duplicate channels stay, since removing them could not be proven: {why}")]);
        }

        return analysis.Run(found, slim, recipe, cancellation)
            .Then<LosslessModel>(left => new LosslessModel(left, result.Removals));
    }
}
