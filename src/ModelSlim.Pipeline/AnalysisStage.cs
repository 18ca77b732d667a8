using ModelSlim.Core.Costs;
using ModelSlim.Core.Dependencies;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Operators;
using ModelSlim.Core.Recipes;
using ModelSlim.Evaluation.Tracing;

namespace ModelSlim.Pipeline;

/// <summary>Traces a model and finds what can be removed from it.</summary>
/// <param name="tracer">Runs the model once.</param>
/// <param name="catalog">What is known about operators.</param>
public sealed class AnalysisStage(ModelTracer tracer, OperatorCatalog catalog)
{
    /// <summary>Analyses a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="recipe">Sizes for symbolic dimensions, and what must not change.</param>
    /// <param name="cancellation">Ends the run.</param>
    public Result<ModelAnalysis> Run(OnnxModel model, Recipe recipe, CancellationToken cancellation)
    {
        var index = new GraphIndex(model.Graph);
        return new IgnoreRules().Resolve(index, recipe.Prune.Ignore).Then(ignored =>
            new RecipeTrace(tracer).Run(model, recipe, cancellation).Then<ModelAnalysis>(trace => new ModelAnalysis(
                model,
                new OnnxWriter().Digest(model),
                index,
                trace,
                new DependencyBuilder(catalog).Build(index, trace, ignored),
                new CostModel(catalog).Measure(model, trace))));
    }
}
