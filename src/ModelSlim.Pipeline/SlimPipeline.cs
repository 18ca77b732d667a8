using System.Text;
using ModelSlim.Core.Caching;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Files;
using ModelSlim.Core.Fingerprints;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Pruning;
using ModelSlim.Core.Recipes;
using ModelSlim.Core.Reports;
using ModelSlim.Evaluation.Metrics;
using ModelSlim.Evaluation.Sessions;
using ModelSlim.Training.Checkpoints;

namespace ModelSlim.Pipeline;

/// <summary>
/// From a request to a file: takes the artifact from the store or makes it once and stores it, judges it by the gates, and
/// writes the slim model, or the original where the recipe wants that.
/// </summary>
public sealed class SlimPipeline(
    OnnxReader reader, OnnxWriter writer, ArtifactKey keys, ArtifactMaker maker, SpeedupRun speedup, AcceptGates gates)
{
    /// <summary>Name of the report (<see cref="SlimReport"/>) among the files of a stored result.</summary>
    public const string ReportName = "report.json";

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

        var made = await FetchOrMakeAsync(request, plan?.Value, key.Value, Key, progress, cancellation).ConfigureAwait(false);
        var outcome = made
            .Then(artifact => Retime(request, artifact, progress, cancellation))
            .Then(artifact => Ship(request, beside.Value, artifact));
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

        if (request.Recipe is { Method: not Method.Channels } or { Prune.Steps: > 1 })
        {
            return DiagnosticCodes.PlanMismatch.At(
                new SourceSpan(path),
                "a plan is carried out as it is, but the recipe's method, or its prune.steps, decides on the way what goes; remove them, or the plan");
        }

        return File.Exists(path)
            ? new PlanFile().Read(File.ReadAllText(path), path)
            : DiagnosticCodes.PlanUnreadable.At(new SourceSpan(path), "the plan does not exist; make it with modelslim plan -o");
    }

    private async Task<Result<MadeArtifact>> FetchOrMakeAsync(
        SlimRequest request,
        PruningPlan? plan,
        ArtifactKeys keys,
        Func<Result<ArtifactKeys>> keysNow,
        IProgress<StageProgress> progress,
        CancellationToken cancellation)
    {
        var key = keys.Own;
        var missing = DiagnosticCodes.StoreMiss.Says(
            $"the store has no result for this model and recipe (key {key.Key[..12]}); run once without --cache-only, or in a build with ModelSlimMode=Auto, or share a store");
        if (request.CacheDirectory is not { } root)
        {
            return request.CachePolicy == CachePolicy.ReadOnly
                ? missing
                : Stamp(await MakeAsync(request, plan, keys, keysNow, progress, cancellation).ConfigureAwait(false), key, CacheUse.Off);
        }

        var opened = ArtifactStore.Open(root);
        var store = opened.Value!;
        var said = opened.Diagnostics.ToList();
        if (Fetch(request, store, keys, said, cancellation) is { } early)
        {
            return Result<MadeArtifact>.With(early, said);
        }

        if (request.CachePolicy == CachePolicy.ReadOnly)
        {
            return missing;
        }

        using var turn = await store.AcquireAsync(key, progress, cancellation).ConfigureAwait(false);
        if (Fetch(request, store, keys, said, cancellation) is { } late)
        {
            return Result<MadeArtifact>.With(late, said);
        }

        var made = Stamp(
            await MakeAsync(WithCheckpoints(request, store, key), plan, keys, keysNow, progress, cancellation).ConfigureAwait(false), key, CacheUse.Miss);
        if (!made.Succeeded)
        {
            // What was trained on data that changed is of no use.
            if (made.Diagnostics.Any(why => why.Descriptor == DiagnosticCodes.InputsChanged))
            {
                store.Finish(key);
            }

            return made;
        }

        said.AddRange(made.Diagnostics);
        NewOutput[] outputs =
        [
            .. made.Value.Model.Outputs,
            NewOutput.From(ReportName, Encoding.UTF8.GetBytes(ReportJson.Write(made.Value.Report))),
        ];
        var stored = request.CachePolicy == CachePolicy.Refresh
            ? store.Replace(key, outputs, cancellation)
            : store.Put(key, outputs, cancellation);
        said.AddRange(stored.Diagnostics);
        store.Finish(key);
        return Result<MadeArtifact>.With(made.Value, said);
    }

    // What is made anew on purpose is made from the start.
    private static SlimRequest WithCheckpoints(SlimRequest request, ArtifactStore store, Fingerprint key)
    {
        if (request.Recipe.FineTune is null || request.Checkpoints is not null)
        {
            return request;
        }

        if (request.CachePolicy == CachePolicy.Refresh)
        {
            store.Finish(key);
        }

        return store.Begin(key) is { } folder
            ? request with { Checkpoints = new CheckpointPlace(folder, CheckpointPlace.UsualPause) }
            : request;
    }

    // The model is read anew after it was digested: what changes from then on shows when the key is taken again at the end.
    private async Task<Result<MadeArtifact>> MakeAsync(
        SlimRequest request,
        PruningPlan? plan,
        ArtifactKeys keys,
        Func<Result<ArtifactKeys>> keysNow,
        IProgress<StageProgress> progress,
        CancellationToken cancellation)
    {
        var model = await Task.Run(() => reader.Read(request.ModelPath), cancellation).ConfigureAwait(false);
        if (!model.Succeeded)
        {
            return Result<MadeArtifact>.Failed(model.Diagnostics);
        }

        var made = await maker.RunAsync(model.Value, request, plan, progress, cancellation).ConfigureAwait(false);
        if (made.Succeeded && (keysNow() is not { Succeeded: true } after || after.Value.Own.Key != keys.Own.Key))
        {
            return DiagnosticCodes.InputsChanged.Says("the model or its data changed while it was slimmed; build again");
        }

        return made.Then<MadeArtifact>(artifact => artifact with
        {
            Report = artifact.Report with { Warnings = [.. made.Diagnostics.Where(IsOfTheArtifact).Select(said => new ReportedWarning(said.Code, said.Message))] },
        });
    }

    // Others are of the machine that made it.
    private static bool IsOfTheArtifact(Diagnostic said) => said.Descriptor != DiagnosticCodes.CheckpointNotWritten;

    private static MadeArtifact? Fetch(
        SlimRequest request, ArtifactStore store, ArtifactKeys keys, List<Diagnostic> said, CancellationToken cancellation)
    {
        foreach (var key in keys.Others.Prepend(keys.Own).Where(_ => request.CachePolicy != CachePolicy.Refresh))
        {
            var answer = store.TryGet(key, cancellation);
            said.AddRange(answer.Diagnostics);
            var text = answer.Artifact?.Read(ReportName, cancellation);
            var report = text is null ? null : ReportJson.Read<SlimReport>(Encoding.UTF8.GetString(text));
            if (answer.Artifact is { } stored && report is not null)
            {
                said.AddRange(report.Warnings.SelectMany(warning => DiagnosticCodes.All
                    .Where(code => code.Code == warning.Code).Select(code => code.Says(warning.Message))));
                return new MadeArtifact(ModelContent.Of(stored, cancellation), report with { Cache = CacheUse.Hit, Model = Path.GetFileName(request.ModelPath) });
            }
        }

        return null;
    }

    private static Result<MadeArtifact> Stamp(Result<MadeArtifact> made, Fingerprint key, CacheUse use) => made.Then<MadeArtifact>(
        artifact => artifact with { Report = artifact.Report with { Fingerprint = key.Key, Cache = use } });

    // How fast a model is, is a matter of the machine: a gate on it cannot be judged by what another one measured, and nothing
    // measured once is held against a model for good.
    private Result<MadeArtifact> Retime(
        SlimRequest request, MadeArtifact artifact, IProgress<StageProgress> progress, CancellationToken cancellation)
    {
        var stored = artifact.Report.Verification?.Speedup;
        var judged = request.Recipe.Accept.MinSpeedup is not null || gates.Missed(new AcceptSpec(), null, stored, artifact.Report.After.LatencyMs).Any();
        if (!judged || artifact.Report is not { Cache: CacheUse.Hit, Verification: { } verification } report)
        {
            return artifact;
        }

        progress.Report(new StageProgress("measure", 0, 0));
        return speedup.Run(request.ModelPath, artifact.Model, request.Recipe.Inputs, cancellation).Then<MadeArtifact>(times => artifact with
        {
            Report = report with
            {
                Before = report.Before with { LatencyMs = times.Models[0].MedianMs },
                After = report.After with { LatencyMs = times.Models[1].MedianMs },
                Verification = verification with { Speedup = times.Speedup },
            },
        });
    }

    private Result<SlimOutcome> Ship(SlimRequest request, string[] externalFiles, MadeArtifact artifact)
    {
        var accept = request.Recipe.Accept;
        var verification = artifact.Report.Verification;
        var missed = gates.Missed(accept, verification?.Drop, verification?.Speedup, artifact.Report.After.LatencyMs).ToArray();
        if (missed.Length > 0 && accept.OnFail == OnFail.Error)
        {
            return Result<SlimOutcome>.Failed(missed);
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
            missed.Select(gate => DiagnosticCodes.OriginalKept.At(gate.Location, $"the original model is kept: {gate.Message}"))));
    }
}
