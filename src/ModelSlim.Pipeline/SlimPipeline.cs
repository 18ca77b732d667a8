using System.Text;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Files;
using ModelSlim.Core.Locking;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Pruning;
using ModelSlim.Core.Recipes;
using ModelSlim.Core.Reports;
using ModelSlim.Evaluation.Metrics;
using ModelSlim.Evaluation.Sessions;

namespace ModelSlim.Pipeline;

/// <summary>
/// From a request to a file: takes the artifact from the store or makes it once and stores it, judges it by the gates, and
/// writes the slim model, or the original where the recipe wants that.
/// </summary>
public sealed class SlimPipeline(
    OnnxReader reader, OnnxWriter writer, ArtifactKey keys, ArtifactSource source, ResultLock locks, SpeedupRun speedup, AcceptGates gates)
{
    /// <summary>Slims a model. Nothing is written to the output unless everything succeeds.</summary>
    public async Task<Result<SlimOutcome>> RunAsync(
        SlimRequest request, IProgress<StageProgress> progress, CancellationToken cancellation)
    {
        // Only the names are kept: the model is read when it is worked on, and then held once.
        var beside = await Task.Run(() => reader.Read(request.ModelPath).Then<string[]>(model => model.ExternalFiles.ToArray()), cancellation)
            .ConfigureAwait(false);
        LargeArrays.LetGo();
        var plan = ReadPlan(request);
        if (!beside.Succeeded || plan is { Succeeded: false })
        {
            return Result<SlimOutcome>.Failed(plan is null ? beside.Diagnostics : [.. beside.Diagnostics, .. plan.Diagnostics]);
        }

        var planText = plan?.Value is { } given ? new PlanFile().Write(given) : "";
        Result<ArtifactKeys> Key() => keys.Of(request.ModelPath, beside.Value, request.Recipe, planText, progress, cancellation);
        progress.Report(new StageProgress("fingerprint", 0, 0));
        var key = await Task.Run(Key, cancellation).ConfigureAwait(false);
        if (!key.Succeeded)
        {
            return Result<SlimOutcome>.Failed(key.Diagnostics);
        }

        var wanted = locks.Accepted(request, key.Value);
        if (!wanted.Succeeded)
        {
            return Result<SlimOutcome>.Failed(wanted.Diagnostics);
        }

        var made = await source.GetAsync(request, plan?.Value, wanted.Value, Key, progress, cancellation).ConfigureAwait(false);
        var outcome = made
            .Then(artifact => Retime(request, artifact, progress, cancellation))
            .Then(artifact => Ship(request, beside.Value, artifact, wanted.Value.Locked)
                .Then(shipped => locks.Record(request, artifact, shipped.Report.KeptOriginal, cancellation).Then<SlimOutcome>(_ => shipped)));
        return outcome.Succeeded
            ? Result<SlimOutcome>.With(outcome.Value, [.. beside.Diagnostics, .. outcome.Diagnostics])
            : outcome;
    }

    private static Result<PruningPlan>? ReadPlan(SlimRequest request)
    {
        if (request.PlanPath is not { } path)
        {
            return null;
        }

        if (PlannedModel.NoPlan(request.Recipe) is { } reason)
        {
            return DiagnosticCodes.PlanMismatch.At(new SourceSpan(path), $"a plan is carried out as it is, but {reason}; remove that from the recipe, or the plan");
        }

        return new PlanFile().Load(path);
    }

    // How fast a model is, is a matter of the machine: a gate on it cannot be judged by what another one measured, and nothing
    // measured once is held against a model for good. An early exit was chosen by time, and is what it is on every machine.
    private Result<MadeArtifact> Retime(
        SlimRequest request, MadeArtifact artifact, IProgress<StageProgress> progress, CancellationToken cancellation)
    {
        var stored = artifact.Report.Verification?.Speedup;
        var judged = request.Recipe.Accept.MinSpeedup is not null || gates.Missed(request.Recipe with { Accept = new AcceptSpec() }, null, stored, JudgedLatency(request.Recipe, artifact.Report.After.LatencyMs)).Any();
        if (!judged || artifact.Report.EarlyExit is not null || artifact.Report is not { Cache: CacheUse.Hit, Verification: { } verification } report)
        {
            return artifact;
        }

        progress.Report(new StageProgress("measure", 0, 0));
        return speedup.Run(request.ModelPath, artifact.Model, request.Recipe, cancellation).Then<MadeArtifact>(times => artifact with
        {
            Report = report with
            {
                Before = report.Before with { LatencyMs = times.Models[0].MedianMs },
                After = report.After with { LatencyMs = times.Models[1].MedianMs },
                Verification = verification with { Speedup = times.Speedup },
            },
        });
    }

    /// <summary>The latency that may be held against a slim model: zeros change none, so a model in which only weights became zero is slower by chance.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="milliseconds">What was measured.</param>
    internal static double? JudgedLatency(Recipe recipe, double? milliseconds) => recipe.Methods.All(MethodTraits.MasksWeights) ? null : milliseconds;

    private Result<SlimOutcome> Ship(SlimRequest request, string[] externalFiles, MadeArtifact artifact, LockedResult? locked)
    {
        var accept = request.Recipe.Accept;
        var verification = artifact.Report.Verification;
        Diagnostic[] missed =
        [
            .. artifact.Report.EarlyExit is { Refusal: { } refusal, IsFastWithout: false } ? [DiagnosticCodes.NoExitPays.At(request.Recipe.Target.Location, $"no early exit pays: {refusal}")] : Array.Empty<Diagnostic>(),
            .. gates.Missed(request.Recipe, verification?.Drop, verification?.Speedup, JudgedLatency(request.Recipe, artifact.Report.After.LatencyMs)),
        ];
        if (missed.Length > 0 && accept.OnFail == OnFail.Error)
        {
            return Result<SlimOutcome>.Failed(missed);
        }

        if (locks.Misfit(request, locked, missed) is { } misfit)
        {
            return misfit;
        }

        var report = artifact.Report;
        var content = artifact.Model;
        if (missed.Length > 0)
        {
            // Data that the original keeps beside it goes into the file, as it does into a slim model.
            var original = externalFiles.Length == 0
                ? ModelContent.OfFile(request.ModelPath)
                : reader.Read(request.ModelPath).Then<ModelContent>(model => ModelContent.Of(model, writer));
            if (!original.Succeeded)
            {
                return Result<SlimOutcome>.Failed(original.Diagnostics);
            }

            content = original.Value;
            report = report with { KeptOriginal = true, Verification = verification! with { Passed = false } };
        }

        Result<string> sha256;
        try
        {
            if (request.ReportPath is { } reportPath)
            {
                AtomicFile.Write(reportPath, stream => stream.Write(Encoding.UTF8.GetBytes(ReportJson.Write(report))));
            }

            sha256 = content.Deliver(request.OutputPath);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return DiagnosticCodes.FileAccess.At(
                new SourceSpan(request.OutputPath), $"the result cannot be written: {e.Message.TrimEnd('.')}; choose another place or free some space");
        }

        var folder = Path.GetDirectoryName(Path.GetFullPath(request.ModelPath))!;
        return sha256.Then(digest => Result<SlimOutcome>.With(
            new SlimOutcome(report, digest, [.. externalFiles.Select(name => Path.GetFullPath(name, folder))]),
            [
                .. missed.Select(gate => DiagnosticCodes.OriginalKept.At(gate.Location, $"the original model is kept: {gate.Message}")),
                .. missed.Length == 0 && artifact.Report.EarlyExit is { Refusal: { } needless }
                    ? [DiagnosticCodes.ExitLeftOut.At(request.Recipe.MethodLocation, $"the model is fast enough without an early exit, and none pays: {needless}")] : Array.Empty<Diagnostic>(),
            ]));
    }
}
