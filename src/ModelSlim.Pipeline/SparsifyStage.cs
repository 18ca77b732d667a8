using System.Collections.Immutable;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Importance;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Operators;
using ModelSlim.Core.Pruning;
using ModelSlim.Core.Recipes;
using ModelSlim.Training.Sparsity;
using ModelSlim.Training.Worker;

namespace ModelSlim.Pipeline;

/// <summary>Trains a model in a worker process so that the channels that are to go do little.</summary>
/// <param name="analysis">Analyses what training gives.</param>
/// <param name="scoring">Scores channels, to find out how many of each group go.</param>
/// <param name="planning">Finds out how many go and that they can.</param>
/// <param name="worker">Starts the process.</param>
/// <param name="catalog">What is known about operators.</param>
public sealed class SparsifyStage(
    AnalysisStage analysis, ScoreStage scoring, ProvenCutting planning, SparseWorker worker, OperatorCatalog catalog)
{
    private const double UsualDrop = 0.01;

    /// <summary>Trains.</summary>
    /// <param name="from">The model.</param>
    /// <param name="teacher">The original.</param>
    /// <param name="request">What is asked for; its recipe says how to train and names training data.</param>
    /// <param name="sets">Data sets.</param>
    /// <param name="progress">Is told how far it is.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<Result<SparseModel>> RunAsync(
        ModelAnalysis from,
        OnnxModel teacher,
        SlimRequest request,
        DataSets sets,
        IProgress<StageProgress> progress,
        CancellationToken cancellation)
    {
        var recipe = request.Recipe;
        var first = await Task.Run(
            () => scoring.Run(from, sets.Calibration, recipe, request.Torch, progress, cancellation).Then(scores => planning.Run(from, scores, recipe, cancellation)),
            cancellation).ConfigureAwait(false);
        if (!first.Succeeded)
        {
            return Result<SparseModel>.Failed(first.Diagnostics);
        }

        // What competes across groups is planned from what training left.
        var together = recipe is { Method: Method.Slimming, Prune.Scope: Scope.Global };
        var provable = first.Value.Analysis.Dependencies;
        var going = first.Value.Plan.Cuts.ToDictionary(cut => cut.Group, cut => cut.Removed.Length, StringComparer.Ordinal);
        var trained = await worker.RunAsync(
            TrainingRequests.Of(from, from.Model, teacher, request),
            new SparseTask(
                recipe.Method,
                recipe.Sparsity!,
                recipe.FineTune!,
                [.. provable.Groups.Select(group => new FadingGroup(group, going.GetValueOrDefault(group.Id)))],
                together,
                recipe.Accept is { Metric: not Metric.Mse, MaxDrop: { } drop } ? drop : UsualDrop),
            progress,
            cancellation).ConfigureAwait(false);
        var decided = trained.Then(result => analysis.Run(from, new ComparedOutputs(from).Back(result.Model, from.Model), recipe, cancellation).Then(after =>
            Decide(after with { Dependencies = provable }, result, together ? null : going)));
        return decided.Succeeded
            ? Result<SparseModel>.With(decided.Value, [.. first.Diagnostics, .. decided.Diagnostics])
            : decided;
    }

    private Result<SparseModel> Decide(
        ModelAnalysis trained, SparseResult result, Dictionary<string, int>? going)
    {
        var scores = new StrengthScores().Of(trained.Index, trained.Dependencies, result.Strengths);
        return going is not null
            ? new PlanOfCuts(catalog).Make(trained.Model, trained.Digest, trained.Trace, trained.Dependencies, Weakest(scores, going), trained.Given, trained.Inner)
                .Then<SparseModel>(plan => new SparseModel(trained, scores, plan))
            : new SparseModel(trained, scores, null);
    }

    private static ImmutableArray<GroupCut> Weakest(ImportanceScores scores, Dictionary<string, int> going) =>
    [
        .. going.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry =>
        {
            var channels = scores.ByGroup[entry.Key];
            var weakest = Enumerable.Range(0, channels.Length).OrderBy(channel => channels[channel]).ThenBy(channel => channel).Take(entry.Value);
            return new GroupCut(entry.Key, channels.Length, [.. weakest.Order()]);
        }),
    ];
}
