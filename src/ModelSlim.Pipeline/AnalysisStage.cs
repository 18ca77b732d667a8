using ModelSlim.Core.Costs;
using ModelSlim.Core.Dependencies;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Operators;
using ModelSlim.Core.Recipes;
using ModelSlim.Evaluation.Sessions;
using ModelSlim.Evaluation.Tracing;

namespace ModelSlim.Pipeline;

/// <summary>Traces a model and finds what can be removed from it.</summary>
/// <param name="tracer">Runs the model once.</param>
/// <param name="catalog">What is known about operators.</param>
public sealed class AnalysisStage(ModelTracer tracer, OperatorCatalog catalog)
{
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
        var unshared = new SharedVectors().Unshare(model.Graph);
        var own = unshared.Origins.IsEmpty ? model : model.With(unshared.Graph);
        var index = new GraphIndex(own.Graph);
        var digest = "";
        return new IgnoreRules().Resolve(new GraphIndex(model.Graph), recipe.Prune.Ignore).Then(ignored => SideBySide.Run(
            () => new RecipeTrace(tracer).Run(own, recipe, cancellation), () => digest = new OnnxWriter().Digest(model), cancellation)
            .Then<ModelAnalysis>(trace => new ModelAnalysis(
                own,
                digest,
                index,
                trace,
                new DependencyBuilder(catalog).Build(index, trace, unshared.WithCopies(ignored)),
                new CostModel(catalog).Measure(own, trace))
            {
                Given = new CostModel(catalog).Measure(model, trace),
            }));
    }
}
