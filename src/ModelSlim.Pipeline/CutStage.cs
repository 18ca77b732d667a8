using ModelSlim.Core.Axes;
using ModelSlim.Core.Costs;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Operators;
using ModelSlim.Core.Pruning;
using ModelSlim.Evaluation.Tracing;

namespace ModelSlim.Pipeline;

/// <summary>Makes the cuts of a plan, and checks that the slim model costs what the plan says.</summary>
/// <param name="tracer">Runs the slim model once.</param>
/// <param name="catalog">What is known about operators.</param>
public sealed class CutStage(ModelTracer tracer, OperatorCatalog catalog)
{
    /// <summary>Cuts a model.</summary>
    /// <returns>The slim model, MSLIM5003 where the plan is for another model, or MSLIM9002 where the costs differ.</returns>
    public Result<CutModel> Run(ModelAnalysis analysis, PruningPlan plan, CancellationToken cancellation)
    {
        if (plan.Model != analysis.Digest)
        {
            return DiagnosticCodes.PlanMismatch.Says(
                $"the plan was made for another model (SHA-256 {plan.Model[..Math.Min(12, plan.Model.Length)]}, this one is {analysis.Digest[..12]}); make it anew");
        }

        return new PlanExpansion().Expand(plan.Cuts, analysis.Dependencies, analysis.Trace)
            .Then(cuts => Cut(analysis, plan, cuts, cancellation));
    }

    private Result<CutModel> Cut(ModelAnalysis analysis, PruningPlan plan, ChannelCuts cuts, CancellationToken cancellation)
    {
        var slim = analysis.Model.With(new CutApplier(catalog).Apply(analysis.Index, analysis.Trace, cuts));
        var sizes = analysis.Model.Graph.Inputs.ToDictionary(input => input.Name, input => analysis.Trace.Shape(input.Name));
        return tracer.Trace(slim, sizes, cancellation).Then<CutModel>(trace =>
        {
            var recount = new CostModel(catalog).Measure(slim, trace);
            return recount == plan.After
                ? new CutModel(slim, cuts, trace, recount)
                : DiagnosticCodes.PlanDishonest.Says($"the plan predicts {plan.After}, the slim model counts {recount}; the original is left as it is");
        });
    }
}
