using System.Security.Cryptography;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Files;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Pruning;
using ModelSlim.Core.Reports;

namespace ModelSlim.Pipeline;

/// <summary>The whole road from a model and a recipe to a slim model: the order of the stages, and nothing else.</summary>
public sealed class SlimPipeline(
    OnnxReader reader, AnalysisStage analysis, PlanStage planning, CutStage cutting, TimeProvider time)
{
    /// <summary>Slims a model. Nothing is written unless every stage succeeds.</summary>
    public async Task<Result<SlimOutcome>> RunAsync(
        SlimRequest request, IProgress<StageProgress> progress, CancellationToken cancellation)
    {
        var clock = new StageClock(time, progress);
        var found = await clock.RunAsync("analyse", () => reader.Read(request.ModelPath)
            .Then(model => analysis.Run(model, request.Recipe.Inputs, request.Recipe.Prune.Ignore, cancellation))).ConfigureAwait(false);
        if (!found.Succeeded)
        {
            return Result<SlimOutcome>.Failed(found.Diagnostics);
        }

        var plan = await clock.RunAsync("plan", () => ReadOrMakePlan(request, found.Value)).ConfigureAwait(false);
        if (!plan.Succeeded)
        {
            return Result<SlimOutcome>.Failed(plan.Diagnostics);
        }

        var cut = await clock.RunAsync("cut", () => cutting.Run(found.Value, plan.Value, cancellation)).ConfigureAwait(false);
        return cut.Then<SlimOutcome>(slim => Write(request, found.Value, slim, clock));
    }

    private Result<PruningPlan> ReadOrMakePlan(SlimRequest request, ModelAnalysis found) => request.PlanPath is { } path
        ? new PlanFile().Read(File.ReadAllText(path), path)
        : planning.Run(found, request.Recipe);

    private static SlimOutcome Write(SlimRequest request, ModelAnalysis found, CutModel slim, StageClock clock)
    {
        var bytes = new OnnxWriter().Write(slim.Model);
        AtomicFile.Write(request.OutputPath, stream => stream.Write(bytes));
        return new SlimOutcome(
            new SlimReport
            {
                Model = Path.GetFileName(request.ModelPath),
                Before = ModelReport.Of(found.Cost),
                After = ModelReport.Of(slim.Cost),
                Stages = clock.Stages,
                Refusals = ModelInspector.Frozen(found.Dependencies),
                Verification = new VerificationReport { MaxError = slim.MaskedError, Passed = true },
            },
            Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }
}
