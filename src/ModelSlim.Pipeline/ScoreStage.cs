using System.Collections.Immutable;
using ModelSlim.Core.Data;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Importance;
using ModelSlim.Core.Operators;
using ModelSlim.Core.Recipes;
using ModelSlim.Evaluation.Importance;
using ModelSlim.Evaluation.Repair;
using ModelSlim.Evaluation.Sessions;
using ModelSlim.Training.Scoring;
using ModelSlim.Training.Worker;

namespace ModelSlim.Pipeline;

/// <summary>Scores channels by the criterion of a recipe.</summary>
/// <param name="sessions">Opens models.</param>
/// <param name="catalog">What is known about operators.</param>
/// <param name="worker">Takes gradients, in a process of its own.</param>
/// <param name="threads">Number of threads; does not change the result.</param>
public sealed class ScoreStage(SessionFactory sessions, OperatorCatalog catalog, ScoreWorker worker, int threads)
{
    /// <summary>The criterion for a recipe of one method: what its author chose, or the best that its data allow.</summary>
    public static Criterion Chosen(Recipe recipe) =>
        recipe.Prune.Criterion != Criterion.Auto ? recipe.Prune.Criterion
        : recipe.Data is { Calibration: null, Train: null } ? Criterion.Magnitude
        : Criterion.Reconstruction;

    /// <summary>True where the criterion looks at samples.</summary>
    public static bool NeedsSamples(Recipe recipe) =>
        CutsBy(recipe) is Criterion.Taylor or Criterion.Fisher or Criterion.Wanda or Criterion.Reconstruction;

    /// <summary>True where the criterion takes gradients, which needs libtorch.</summary>
    public static bool NeedsGradients(Recipe recipe) => CutsBy(recipe) is Criterion.Taylor or Criterion.Fisher;

    /// <summary>Scores every channel of a model.</summary>
    /// <param name="analysis">The model.</param>
    /// <param name="calibration">Samples; null means noise.</param>
    /// <param name="recipe">Says by which criterion.</param>
    /// <param name="torch">Where libtorch may come from, for criteria that take gradients.</param>
    /// <param name="progress">Is told how far it is.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Scores of every group, with MSLIM5006 where weights alone had to decide though the recipe asks for more.</returns>
    public Result<ImportanceScores> Run(
        ModelAnalysis analysis, SampleSet? calibration, Recipe recipe, TorchSource torch, IProgress<StageProgress>? progress, CancellationToken cancellation)
    {
        if (!NeedsSamples(recipe))
        {
            return ByWeights(Chosen(recipe), recipe.Seed).Score(analysis.Index, analysis.Dependencies);
        }

        if (NeedsGradients(recipe))
        {
            return ByGradients(analysis, recipe, torch, progress, cancellation);
        }

        var magnitudes = new MagnitudeCriterion().Score(analysis.Index, analysis.Dependencies);
        if ((calibration ?? RepairStage.Noise(analysis, recipe)) is not { } samples)
        {
            return ByMagnitude("the model has inputs that no samples can be made up for");
        }

        var scorer = new ActivationScorer(sessions, new RepairSettings { Seed = recipe.Seed, Threads = threads });
        var task = new ScoringTask { Model = analysis.Model, Trace = analysis.Trace, Dependencies = analysis.Dependencies, Calibration = samples };
        var scored = Chosen(recipe) == Criterion.Wanda ? scorer.Wanda(task, progress, cancellation) : scorer.Reconstruction(task, progress, cancellation);
        return scored.Succeeded ? Filled(scored.Value, magnitudes) : ByMagnitude(scored.Diagnostics[0].Message);

        // Who left the choice open gets what the data allow.
        Result<ImportanceScores> ByMagnitude(string why) => recipe.Prune.Criterion == Criterion.Auto
            ? magnitudes
            : Result<ImportanceScores>.With(magnitudes, [DiagnosticCodes.ScoredByMagnitude.Says($"channels are scored by their weights alone: {why}")]);
    }

    // The criterion for the channels of a recipe; null where none go.
    private static Criterion? CutsBy(Recipe recipe) =>
        RecipeParts.Of(recipe).FirstOrDefault(part => part.Method.CutsChannels()) is { } cuts ? Chosen(cuts) : null;

    private Result<ImportanceScores> ByGradients(
        ModelAnalysis analysis, Recipe recipe, TorchSource torch, IProgress<StageProgress>? progress, CancellationToken cancellation)
    {
        var labelled = Chosen(recipe) == Criterion.Taylor;
        var samples = labelled ? recipe.Data.Train! : recipe.Data.Calibration ?? recipe.Data.Train!;
        var compared = new ComparedOutputs(analysis);
        var task = new GradientTask(analysis.Dependencies.Groups, labelled, recipe.Seed) { Numerics = recipe.Numerics, StandIn = compared.StandIn };
        var scored = worker.RunAsync(
            compared.In(analysis.Model, analysis.Model), task, samples, recipe.Data.Preprocess, analysis.SampleInputs, torch, progress ?? new Progress<StageProgress>(), cancellation)
            .GetAwaiter().GetResult();
        return scored.Then<ImportanceScores>(scores => Filled(
            new ImportanceScores(scores.ToImmutableDictionary(StringComparer.Ordinal)) { AreComparable = true },
            new MagnitudeCriterion().Score(analysis.Index, analysis.Dependencies)));
    }

    private ImportanceCriterion ByWeights(Criterion criterion, long seed) => criterion switch
    {
        Criterion.BatchNormScale => new BatchNormScaleCriterion(catalog),
        Criterion.GeometricMedian => new GeometricMedianCriterion(),
        Criterion.Lamp => new LampCriterion(),
        Criterion.Random => new RandomCriterion(seed),
        _ => new MagnitudeCriterion(),
    };

    // Groups that no layer with stored weights reads get their magnitudes, in proportion to the mean score of the others.
    private static ImportanceScores Filled(ImportanceScores scores, ImportanceScores magnitudes)
    {
        var mean = scores.ByGroup.IsEmpty ? 1 : scores.ByGroup.OrderBy(group => group.Key, StringComparer.Ordinal).Average(group => group.Value.Average());
        return new ImportanceScores(magnitudes.ByGroup.ToImmutableDictionary(
            group => group.Key,
            group => scores.ByGroup.TryGetValue(group.Key, out var own) ? own : [.. group.Value.Select(score => score * mean)],
            StringComparer.Ordinal))
        {
            AreComparable = scores.AreComparable,
        };
    }
}
