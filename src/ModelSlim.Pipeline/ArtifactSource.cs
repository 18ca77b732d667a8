using System.Text;
using ModelSlim.Core.Caching;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Fingerprints;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Pruning;
using ModelSlim.Core.Reports;
using ModelSlim.Training.Checkpoints;

namespace ModelSlim.Pipeline;

/// <summary>Where artifacts come from: the store, where it has none the remote cache, and where that has none the stages, once.</summary>
public sealed class ArtifactSource(OnnxReader reader, ArtifactMaker maker, ResultLock locks, SlimmedBefore before)
{
    /// <summary>Name of the report (<see cref="SlimReport"/>) among the files of a stored result.</summary>
    public const string ReportName = "report.json";

    /// <summary>Takes the artifact from the store, or copies it there, or makes it once however many ask, and stores and shares it.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="plan">A plan to carry out; null means make one.</param>
    /// <param name="wanted">Where to look, and what to accept.</param>
    /// <param name="keysNow">Works the keys out again.</param>
    /// <param name="progress">Is told how far it is.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<Result<MadeArtifact>> GetAsync(
        SlimRequest request,
        PruningPlan? plan,
        LockedKeys wanted,
        Func<Result<ArtifactKeys>> keysNow,
        IProgress<StageProgress> progress,
        CancellationToken cancellation)
    {
        var key = wanted.Keys.Own;
        if (request.CacheDirectory is not { } root)
        {
            return MayMake(request, wanted)
                ? Accepted(Stamp(await MakeAsync(request, plan, wanted.Keys, keysNow, progress, cancellation).ConfigureAwait(false), key, CacheUse.Off), request, wanted)
                : Missing(wanted);
        }

        var opened = ArtifactStore.Open(root);
        var store = opened.Value!;
        var said = opened.Diagnostics.ToList();
        said.AddRange(before.Find(request, key, store, cancellation) is { } again ? [again] : []);
        var replace = request.CachePolicy == CachePolicy.Refresh || wanted.Locked is not null;
        if (Fetch(request, store, wanted, said, ref replace, cancellation) is { } early)
        {
            return Result<MadeArtifact>.With(early, said);
        }

        // Who may not make it waits for nobody who does.
        using var turn = MayMake(request, wanted) ? await store.AcquireAsync(key, progress, cancellation).ConfigureAwait(false) : null;
        if ((turn is null ? null : Fetch(request, store, wanted, said, ref replace, cancellation)) is { } late)
        {
            return Result<MadeArtifact>.With(late, said);
        }

        var shared = new SharedResults(request.Remote, store, wanted);
        if (request.CachePolicy != CachePolicy.Refresh
            && await shared.FetchAsync(replace, said, progress, cancellation).ConfigureAwait(false)
            && Fetch(request, store, wanted, said, ref replace, cancellation) is { } fetched)
        {
            return Result<MadeArtifact>.With(fetched, said);
        }

        if (turn is null)
        {
            return Result<MadeArtifact>.Failed([.. said, Missing(wanted)]);
        }

        var made = Accepted(
            Stamp(await MakeAsync(WithCheckpoints(request, store, key), plan, wanted.Keys, keysNow, progress, cancellation).ConfigureAwait(false), key, CacheUse.Miss),
            request,
            wanted);
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
        var stored = replace
            ? store.Replace(key, outputs, cancellation)
            : store.Put(key, outputs, cancellation);
        using var kept = stored.Artifact;
        said.AddRange(stored.Diagnostics);
        store.Finish(key);
        store.Trim(request.MaxStoreSize, cancellation);

        // Others need not wait for that.
        turn.Dispose();
        await shared.UploadAsync(kept, replace, said, progress, cancellation).ConfigureAwait(false);
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

    private static bool MayMake(SlimRequest request, LockedKeys wanted) => wanted.CanMake && request.CachePolicy != CachePolicy.ReadOnly;

    private static Diagnostic Missing(LockedKeys wanted)
    {
        var key = wanted.Keys.Own.Key[..12];
        return DiagnosticCodes.StoreMiss.Says(wanted.CanMake
            ? $"the store has no result for this model and recipe (key {key}); run once without --cache-only, or in a build with ModelSlimMode=Auto, or share a store"
            : $"the store does not have the locked result (key {key}), and this processor cannot make it, being of another numerics class; share a store, or run modelslim lock here");
    }

    private Result<MadeArtifact> Accepted(Result<MadeArtifact> made, SlimRequest request, LockedKeys wanted) =>
        made.Then<MadeArtifact>(artifact => locks.Misfit(request, wanted.Locked, artifact) is { } misfit ? misfit : artifact);

    private static MadeArtifact? Fetch(
        SlimRequest request, ArtifactStore store, LockedKeys wanted, List<Diagnostic> said, ref bool replace, CancellationToken cancellation)
    {
        foreach (var key in wanted.Keys.Others.Prepend(wanted.Keys.Own).Where(_ => request.CachePolicy != CachePolicy.Refresh))
        {
            var answer = store.TryGet(key, cancellation);
            said.AddRange(answer.Diagnostics);
            if (answer.Artifact is { } found && wanted.Locked is { } locked && !locked.Names(found.Record.Outputs.Where(output => output.Name != ReportName)))
            {
                var other = DiagnosticCodes.StoreEntryDamaged.Says($"the stored result {key.Key[..12]} is not the one that the lock file names, and is not used");
                said.AddRange(said.Contains(other) ? [] : [other]);
                continue;
            }

            var text = answer.Artifact?.Read(ReportName, cancellation);
            var report = text is null ? null : ReportJson.Read<SlimReport>(Encoding.UTF8.GetString(text));
            if (answer.Artifact is { } stored && report is not null)
            {
                said.AddRange(report.Warnings.SelectMany(warning => DiagnosticCodes.All
                    .Where(code => code.Code == warning.Code && code.Severity != Severity.Error).Select(code => code.Says(warning.Message))));
                return new MadeArtifact(
                    ModelContent.Of(stored, cancellation), report with { Cache = CacheUse.Hit, Model = Path.GetFileName(request.ModelPath) })
                { Key = key };
            }

            replace |= answer.Artifact is not null;
        }

        return null;
    }

    private static Result<MadeArtifact> Stamp(Result<MadeArtifact> made, Fingerprint key, CacheUse use) => made.Then<MadeArtifact>(
        artifact => artifact with { Key = key, Report = artifact.Report with { Fingerprint = key.Key, Numerics = ArtifactFingerprint.NumericsOf(key), Cache = use } });
}
