using System.Collections.Immutable;
using ModelSlim.Core.Costs;
using ModelSlim.Core.Dependencies;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Operators;
using ModelSlim.Core.Precision;
using ModelSlim.Core.Recipes;
using ModelSlim.Evaluation.Sessions;
using ModelSlim.Evaluation.Tracing;

namespace ModelSlim.Pipeline;

/// <summary>Traces a model and finds what can be removed from it.</summary>
/// <param name="sessions">Opens models.</param>
/// <param name="catalog">What is known about operators.</param>
public sealed class AnalysisStage(SessionFactory sessions, OperatorCatalog catalog)
{
    private readonly ModelTracer tracer = new(sessions, catalog);
    private readonly SimplifyStage simplify = new(sessions, catalog);
    private readonly InnerCosts inner = new(sessions, catalog);
    private readonly ShuffleStage shuffles = new(sessions, catalog);

    /// <summary>Reads a model, and analyses it.</summary>
    /// <param name="reader">Reads it.</param>
    /// <param name="path">Path of its file.</param>
    /// <param name="recipe">Sizes for symbolic dimensions, and what must not change.</param>
    /// <param name="cancellation">Ends the run.</param>
    public Result<ModelAnalysis> Run(OnnxReader reader, string path, Recipe recipe, CancellationToken cancellation) =>
        SideBySide.Run(() => reader.Read(path), SessionFactory.StartRuntime, cancellation).Then(model => Run(model, recipe, cancellation));

    /// <summary>Analyses a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="recipe">Sizes for symbolic dimensions, and what must not change.</param>
    /// <param name="cancellation">Ends the run.</param>
    public Result<ModelAnalysis> Run(OnnxModel model, Recipe recipe, CancellationToken cancellation)
    {
        var open = HalfWeights.Opened(model);
        var found = simplify.Run(open, recipe, cancellation).Then(simple => Run(open, simple, recipe, cancellation).Then(analysis =>
            shuffles.Run(simple.Model, analysis, cancellation) is { } gathered
                && Run(open, new SimplifiedModel(gathered, null), recipe, cancellation) is { Succeeded: true } again
                && again.Value.Dependencies.Channels > analysis.Dependencies.Channels
                ? again
                : analysis));
        return ReferenceEquals(open, model) ? found : found.Then<ModelAnalysis>(analysis => analysis with
        {
            Digest = new OnnxWriter().Digest(model),
            Given = analysis.Given with { Bytes = new OnnxWriter().Size(model) },
            GivenModel = model,
        });
    }

    /// <summary>Analyses what is left of a model from which something was removed.</summary>
    /// <param name="found">The model as it was.</param>
    /// <param name="left">What is left.</param>
    /// <param name="recipe">What the model was analysed with.</param>
    /// <param name="cancellation">Ends the run.</param>
    public Result<ModelAnalysis> Run(ModelAnalysis found, OnnxModel left, Recipe recipe, CancellationToken cancellation)
    {
        var sizes = found.Model.Graph.Inputs.ToImmutableSortedDictionary(input => input.Name, input => found.Trace.Shape(input.Name), StringComparer.Ordinal);
        return Run(left, left, null, recipe with { Inputs = sizes }, found.Ignored, cancellation, found.Inner)
            .Then<ModelAnalysis>(again => again with { Given = found.Given, GivenModel = found.GivenModel });
    }

    private Result<ModelAnalysis> Run(OnnxModel given, SimplifiedModel simplified, Recipe recipe, CancellationToken cancellation)
    {
        var simple = simplified.Model;
        var rules = new IgnoreRules();
        var named = rules.Resolve(new GraphIndex(given.Graph), recipe.Prune.Ignore);
        var index = new GraphIndex(simple.Graph);
        if (named.Succeeded && !ReferenceEquals(given, simple) && !named.Value.All(index.Has))
        {
            // What is to stay as it is would be taken apart.
            return Run(given, new SimplifiedModel(given, null), recipe, cancellation);
        }

        var unshared = new SharedVectors().Unshare(simple.Graph);
        var own = unshared.Origins.IsEmpty ? simple : simple.With(unshared.Graph);
        return (named.Succeeded ? named : rules.Resolve(index, recipe.Prune.Ignore))
            .Then(ignored => Run(own, given, simplified.Trace?.WithCopies(unshared.Origins), recipe, unshared.WithCopies(ignored), cancellation))
            .Then<ModelAnalysis>(found =>
            {
                if (ReferenceEquals(own, given))
                {
                    return found;
                }

                var uncut = new CostModel(catalog).Measure(simple, found.Trace, found.Inner);
                return found with
                {
                    Uncut = simple,
                    UncutCost = uncut,
                    GivenModel = given,
                    Given = ReferenceEquals(simple, given) ? uncut : uncut with { Bytes = new OnnxWriter().Size(given) },
                };
            });
    }

    private Result<ModelAnalysis> Run(
        OnnxModel model, OnnxModel file, ValueTrace? known, Recipe recipe, ImmutableSortedSet<string> ignored, CancellationToken cancellation, InnerCost? counted = null)
    {
        var index = new GraphIndex(model.Graph);
        var digest = "";
        return SideBySide.Run(
            () => known ?? new RecipeTrace(tracer).Run(model, recipe, cancellation), () => digest = new OnnxWriter().Digest(file), cancellation)
            .Then<ModelAnalysis>(trace =>
            {
                counted ??= inner.Of(model, trace, recipe, cancellation);
                return new ModelAnalysis(
                    model,
                    digest,
                    index,
                    trace,
                    new DependencyBuilder(catalog).Build(index, trace, ignored),
                    new CostModel(catalog).Measure(model, trace, counted))
                {
                    Inner = counted,
                    Ignored = ignored,
                };
            });
    }
}
