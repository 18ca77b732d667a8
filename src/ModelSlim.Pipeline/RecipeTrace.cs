using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Recipes;
using ModelSlim.Evaluation.Tracing;

namespace ModelSlim.Pipeline;

/// <summary>Traces a model at the sizes of a recipe, so that sizes that do not fit are shown in the recipe.</summary>
/// <param name="tracer">Runs the model once.</param>
internal sealed class RecipeTrace(ModelTracer tracer)
{
    /// <summary>Traces a model.</summary>
    public Result<ValueTrace> Run(OnnxModel model, Recipe recipe, CancellationToken cancellation)
    {
        var trace = tracer.Trace(model, recipe.Inputs, cancellation);
        return trace.Succeeded
            ? trace
            : Result<ValueTrace>.Failed(trace.Diagnostics.Select(diagnostic => diagnostic.Descriptor == DiagnosticCodes.InputSizesWrong
                ? diagnostic with { Location = recipe.InputsLocation }
                : diagnostic));
    }
}
