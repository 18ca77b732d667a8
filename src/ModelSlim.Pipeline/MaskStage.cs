using System.Collections.Immutable;
using System.Globalization;
using ModelSlim.Core.Axes;
using ModelSlim.Core.Data;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Masking;
using ModelSlim.Core.Operators;
using ModelSlim.Core.Pruning;
using ModelSlim.Core.Recipes;
using ModelSlim.Evaluation.Masking;
using ModelSlim.Evaluation.Repair;
using ModelSlim.Evaluation.Sessions;
using ModelSlim.Training.FineTuning;

namespace ModelSlim.Pipeline;

/// <summary>Makes single weights zero, and checks at the end that they are.</summary>
/// <param name="sessions">Opens models.</param>
/// <param name="catalog">What is known about operators.</param>
/// <param name="threads">Number of threads; does not change the result.</param>
public sealed class MaskStage(SessionFactory sessions, OperatorCatalog catalog, int threads)
{
    // So much of the target is reached before training that is to reach it.
    private const double StartOfGrowth = 0.8;

    // Of a convolution's weights, some are of depthwise layers or of the first one, which patterns seldom fit.
    private const double FitsMost = 0.8;

    private readonly ZeroCensus census = new(sessions, catalog);

    /// <summary>The criterion for a recipe: what its author chose, or the best that its data allow.</summary>
    public static Criterion Chosen(Recipe recipe) =>
        recipe.Prune.Criterion != Criterion.Auto ? recipe.Prune.Criterion
        : recipe.Data is { Calibration: null, Train: null } ? Criterion.Lamp
        : Criterion.Reconstruction;

    /// <summary>How the rest of the target is reached while the model is trained; null where it is reached before.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="trains">True where the model will be trained.</param>
    /// <param name="masked">The model right after masking.</param>
    public MaskGrowth? Growth(Recipe recipe, bool trains, MaskedGraph masked) => trains && recipe.Prune.Gradual > 0
        ? new MaskGrowth(
            masked.Masked, masked.Target.Share, recipe.Target.Sparsity!.Share, masked.Target.Outputs, recipe.Prune.Gradual, InTraining(recipe.Prune.Criterion), recipe.Prune.Scope)
        : null;

    /// <summary>Makes them zero.</summary>
    /// <param name="from">The model.</param>
    /// <param name="trains">True where the model will be trained, so that a gradual target can be left to training.</param>
    /// <param name="calibration">Samples; null means noise.</param>
    /// <param name="recipe">How many, and which.</param>
    /// <param name="progress">Is told how far it is.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>
    /// The model, with a plan that cuts nothing; MSLIM5001 as <see cref="WeightMasker"/> says; MSLIM5006 where weights alone had to
    /// decide though the recipe asks for more; MSLIM5010 where a pattern fits few layers.
    /// </returns>
    public Result<ShrunkModel> Run(
        ModelAnalysis from, bool trains, SampleSet? calibration, Recipe recipe, IProgress<StageProgress>? progress, CancellationToken cancellation)
    {
        var prune = recipe.Prune with { Criterion = Chosen(recipe) };
        if (trains && prune.Gradual > 0)
        {
            // Whether the target can be met is said before anything is trained.
            var whole = Plan(from, recipe, cancellation);
            if (!whole.Succeeded)
            {
                return whole;
            }

            var sparsity = recipe.Target.Sparsity!;
            recipe = recipe with { Target = recipe.Target with { Sparsity = sparsity with { Share = sparsity.Share * StartOfGrowth } } };
        }

        if (prune.Criterion is not (Criterion.Wanda or Criterion.Reconstruction))
        {
            return Plan(from, recipe with { Prune = prune }, cancellation);
        }

        if ((calibration ?? RepairStage.Noise(from, recipe)) is not { } samples)
        {
            return ByWeights("the model has inputs that no samples can be made up for");
        }

        var model = ZeroCensus.Opened(from);
        var (weights, kept) = census.Weights(from, model, recipe, cancellation);
        if (NothingLeft(weights, kept, recipe) is { } ignored)
        {
            return ignored;
        }

        var masked = new SampleMasker(sessions, new RepairSettings { Seed = recipe.Seed, Threads = threads }).Mask(
            new MaskingTask
            {
                Model = model,
                Trace = from.Trace,
                Weights = weights,
                Target = recipe.Target.Sparsity!,
                Prune = prune,
                Calibration = samples,
            },
            progress,
            cancellation);
        return masked.Succeeded || masked.Diagnostics[0].Descriptor == DiagnosticCodes.TargetUnreachable
            ? At(recipe, masked.Succeeded && recipe.Prune.Criterion == Criterion.Auto ? masked.Value : masked).Then(made => Shrunk(from, made with { Ignored = kept }, recipe))
            : ByWeights(masked.Diagnostics[0].Message);

        // Who left the choice open gets what the data allow.
        Result<ShrunkModel> ByWeights(string why) => Plan(from, recipe with { Prune = prune with { Criterion = Criterion.Lamp } }, cancellation).Then(made =>
            Result<ShrunkModel>.With(made, recipe.Prune.Criterion == Criterion.Auto ? [] : [DiagnosticCodes.ScoredByMagnitude.Says($"weights are scored by their size alone: {why}")]));
    }

    /// <summary>Makes weights zero by what they are alone: whether the target can be met does not depend on how they are scored.</summary>
    public Result<ShrunkModel> Plan(ModelAnalysis from, Recipe recipe, CancellationToken cancellation)
    {
        var model = ZeroCensus.Opened(from);
        var (weights, kept) = census.Weights(from, model, recipe, cancellation);
        return NothingLeft(weights, kept, recipe) is { } ignored
            ? ignored
            : At(recipe, new WeightMasker().Mask(model.Graph, weights, recipe.Target.Sparsity!, recipe.Prune, recipe.Seed)).Then(masked => Shrunk(from, masked with { Ignored = kept }, recipe));
    }

    // Where the recipe keeps all that could become zero, that is the cause.
    private static Diagnostic? NothingLeft(ImmutableArray<MaskableWeight> weights, ImmutableArray<MaskableWeight> ignored, Recipe recipe) =>
        weights.IsEmpty && !ignored.IsEmpty
            ? DiagnosticCodes.TargetUnreachable.At(
                recipe.Prune.Ignore.Select(pattern => pattern.Location).FirstOrDefault(place => place is not null) ?? recipe.Target.Location,
                $"no weight of the model can become zero: prune.ignore keeps all {ignored.Length} that could; ignore fewer of them")
            : null;

    private static Result<MaskedGraph> At(Recipe recipe, Result<MaskedGraph> masked) => masked.Succeeded ? masked
        : Result<MaskedGraph>.Failed(masked.Diagnostics.Select(said => said with { Location = said.Location ?? recipe.Target.Location }));

    /// <summary>Checks a model that was made from it.</summary>
    /// <param name="masked">The model right after masking.</param>
    /// <param name="final">The model that is to be written.</param>
    /// <returns>The graph; MSLIM7001 where a weight is not zero that must be.</returns>
    public Result<Graph> Prove(MaskedGraph masked, Graph final) =>
        new SparsityCount().Fault(masked, final) is { } fault
            ? DiagnosticCodes.CutUnproven.Says($"{fault}; the original is left as it is")
            : final;

    // In training nobody looks at what layers read, but slopes are at hand.
    private static Criterion InTraining(Criterion criterion) =>
        criterion is Criterion.Magnitude or Criterion.Random or Criterion.Lamp ? criterion : Criterion.Fisher;

    private static Result<ShrunkModel> Shrunk(ModelAnalysis from, MaskedGraph masked, Recipe recipe)
    {
        var made = new ShrunkModel(
            new ProvenCut(
                from,
                new PruningPlan { Model = from.Digest, Before = from.Given, After = from.Cost, Cuts = [] },
                new CutModel(from.Model.With(StoredTensors.Back(masked.Graph, from.Model.Graph)), new ChannelCuts([]), from.Trace, from.Cost, null)),
            masked);
        return Result<ShrunkModel>.With(made, Misfit(masked, recipe));
    }

    // A share of all weights was asked for, and layers that the pattern does not fit give none.
    private static IEnumerable<Diagnostic> Misfit(MaskedGraph masked, Recipe recipe)
    {
        long Numbers(IEnumerable<MaskableWeight> weights) => weights.Sum(weight => (long)masked.Graph.Initializers[weight.Name].Length);
        var (fit, whole) = (Numbers(masked.Masked), Numbers(masked.Dense));
        if (fit < FitsMost * (fit + whole))
        {
            var (weights, zeros) = new SparsityCount().Of(masked, masked.Graph);
            yield return DiagnosticCodes.PatternFitsFew.At(recipe.Target.Location, string.Create(
                CultureInfo.InvariantCulture,
                $"target.sparsity {masked.Target} fits layers with {100.0 * fit / (fit + whole):0.0}% of the weights, so that {100.0 * zeros / weights:0.0}% of all are zero; {masked.Dense[0].Name} stays whole ({masked.Dense[0].Obstacle}){(masked.Dense.Length > 1 ? $", and {masked.Dense.Length - 1} more" : string.Empty)}"));
        }
    }
}
