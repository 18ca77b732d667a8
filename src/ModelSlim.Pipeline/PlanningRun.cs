using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Operators;
using ModelSlim.Core.Precision;
using ModelSlim.Core.Pruning;
using ModelSlim.Core.Recipes;
using ModelSlim.Core.Reports;
using ModelSlim.Training.Worker;

namespace ModelSlim.Pipeline;

/// <summary>A dry run: what would be cut, and what that would cost and save.</summary>
/// <param name="reader">Reads the model.</param>
/// <param name="analysis">Analyses it.</param>
/// <param name="lossless">Removes what changes no output.</param>
/// <param name="data">Opens samples, where channels are scored by them.</param>
/// <param name="scoring">Scores channels.</param>
/// <param name="planning">Decides which channels go.</param>
/// <param name="masking">Makes single weights zero.</param>
/// <param name="precision">Tells whether weights of 16 bits will do.</param>
/// <param name="storage">Decides how weights of which many are zero are written.</param>
/// <param name="catalog">What is known about operators.</param>
public sealed class PlanningRun(
    OnnxReader reader, AnalysisStage analysis, LosslessStage lossless, DataStage data, ScoreStage scoring, PlanStage planning, MaskStage masking, PrecisionStage precision, StorageStage storage, OperatorCatalog catalog)
{
    /// <summary>Plans for a model file.</summary>
    /// <param name="path">The model.</param>
    /// <param name="recipe">What to plan for.</param>
    /// <param name="torch">Where libtorch may come from, for criteria that take gradients.</param>
    /// <param name="cancellation">Ends it.</param>
    public Result<PlannedModel> Run(string path, Recipe recipe, TorchSource torch, CancellationToken cancellation) =>
        analysis.Run(reader, path, recipe, cancellation)
            .Then(found => Run(path, found, recipe, torch, cancellation));

    /// <summary>Plans for an analysed model.</summary>
    internal Result<PlannedModel> Run(string path, ModelAnalysis found, Recipe recipe, TorchSource torch, CancellationToken cancellation)
    {
        var opened = ScoreStage.NeedsSamples(recipe) ? data.Run(found, recipe.Data with { Eval = null }) : new DataSets(null, null, null);
        using var sets = opened.Value;
        return opened.Then(_ => Run(path, found, sets!, recipe, torch, cancellation));
    }

    /// <summary>Plans for an analysed model whose data are open: for the first method of the recipe, after a check that the others can do their part.</summary>
    internal Result<PlannedModel> Run(string path, ModelAnalysis found, DataSets sets, Recipe recipe, TorchSource torch, CancellationToken cancellation)
    {
        var fits = precision.Try(found, recipe, cancellation);
        if (!fits.Succeeded)
        {
            return Result<PlannedModel>.Failed(fits.Diagnostics);
        }

        var planned = RecipeParts.Of(recipe).Select(part => OfOne(path, found, sets, part, torch, cancellation)).ToArray();
        var said = planned.SelectMany(part => part.Diagnostics).Distinct();
        return planned.All(part => part.Succeeded)
            ? Result<PlannedModel>.With(planned[0].Value! with { Later = [.. RecipeParts.Of(recipe).Skip(1).Select(Later)] }, said)
            : Result<PlannedModel>.Failed(said);
    }

    private static string Later(Recipe part) =>
        part.Target.Sparsity is { } sparsity && part.Method.MasksWeights() ? $"{part.Method.Word()} ({sparsity})" : part.Method.Word();

    private Result<PlannedModel> OfOne(string path, ModelAnalysis found, DataSets sets, Recipe recipe, TorchSource torch, CancellationToken cancellation)
    {
        if (recipe.Method.MasksWeights())
        {
            return lossless.Run(found, recipe, cancellation)
                .Then(start => masking.Plan(start.Analysis, recipe, cancellation).Then<PlannedModel>(shrunk =>
                {
                    var written = storage.Run(PrecisionStage.Stored(shrunk.Cut.Cut.Model, recipe, start.Analysis), recipe);
                    var planned = Describe(path, shrunk.Cut.Plan, start, recipe);
                    return planned with
                    {
                        Report = planned.Report with
                        {
                            After = planned.Report.After with { Bytes = new OnnxWriter().Size(written) },
                            Sparsity = ZeroCensus.Report(shrunk.Masked!, shrunk.Cut.Cut.Model) with { Sparse = written.StoresSparse },
                        },
                    };
                }));
        }

        if (recipe.Method.ExitsEarly())
        {
            return lossless.Run(found, recipe, cancellation).Then(start => ExitSites.Of(start.Analysis, recipe, catalog).Then<PlannedModel>(_ => Describe(
                path,
                new PruningPlan { Model = start.Analysis.Digest, Before = start.Analysis.Given, After = start.Analysis.UncutCost, Cuts = [] },
                start,
                recipe)));
        }

        Result<PruningPlan> Plan(ModelAnalysis of) =>
            scoring.Run(of, sets.Calibration, recipe, torch, null, cancellation).Then(scores => planning.Run(of, scores, recipe, cancellation));
        if (ScoreStage.NeedsSamples(recipe))
        {
            return lossless.Run(found, recipe, cancellation)
                .Then(start => Plan(start.Analysis).Then<PlannedModel>(plan => Describe(path, plan, start, recipe)));
        }

        // Mostly there is nothing to remove beforehand, so a plan for the model as it is is made meanwhile.
        Result<PruningPlan>? early = null;
        return SideBySide.Run(() => lossless.Run(found, recipe, cancellation), () => early = Plan(found), cancellation)
            .Then(start => (ReferenceEquals(start.Analysis, found) ? early! : Plan(start.Analysis))
                .Then<PlannedModel>(plan => Describe(path, plan, start, recipe)));
    }

    /// <summary>A plan with its report.</summary>
    private PlannedModel Describe(string path, PruningPlan plan, LosslessModel start, Recipe recipe) => new(plan, new SlimReport
    {
        Model = Path.GetFileName(path),
        Before = ModelReport.Of(plan.Before, start.Analysis),
        After = ModelReport.Of(PrecisionStage.IsAsked(recipe, start.Analysis) ? plan.After with { Bytes = InHalf(plan, start.Analysis, recipe) } : plan.After, start.Analysis),
        Stages = [],
        Refusals = ModelInspector.Frozen(start.Analysis.Dependencies),
        Lossless = start.Removals,
    });

    // A plan counts bytes before weights are stored in fewer bits.
    private long InHalf(PruningPlan plan, ModelAnalysis from, Recipe recipe) =>
        new PlanExpansion().Expand(plan.Cuts, from.Dependencies, from.Trace)
            .Then<OnnxModel>(cuts => HalfWeights.Of(
                from.Model.With(new CutApplier(catalog).Apply(from.Index, from.Trace, cuts)),
                HalfWeights.StoredIn(from.GivenModel.Graph),
                recipe.Precision == WeightPrecision.Half)) is { Succeeded: true, Value: var slim }
            ? new OnnxWriter().Size(slim)
            : plan.After.Bytes;
}
