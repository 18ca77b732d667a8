using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Pruning;
using ModelSlim.Core.Recipes;
using ModelSlim.Core.Reports;

namespace ModelSlim.Pipeline;

/// <summary>A dry run: what would be cut, and what that would cost and save.</summary>
/// <param name="reader">Reads the model.</param>
/// <param name="analysis">Analyses it.</param>
/// <param name="planning">Decides what goes.</param>
public sealed class PlanningRun(OnnxReader reader, AnalysisStage analysis, PlanStage planning)
{
    /// <summary>Plans for a model file.</summary>
    public Result<PlannedModel> Run(string path, Recipe recipe, CancellationToken cancellation) =>
        reader.Read(path)
            .Then(model => analysis.Run(model, recipe, cancellation))
            .Then(found => planning.Run(found, recipe).Then<PlannedModel>(plan => Describe(path, plan, found)));

    /// <summary>A plan with its report.</summary>
    internal static PlannedModel Describe(string path, PruningPlan plan, ModelAnalysis found) => new(plan, new SlimReport
    {
        Model = Path.GetFileName(path),
        Before = ModelReport.Of(plan.Before),
        After = ModelReport.Of(plan.After),
        Stages = [],
        Refusals = ModelInspector.Frozen(found.Dependencies),
    });
}
