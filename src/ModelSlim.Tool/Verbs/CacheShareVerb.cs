using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json.Nodes;
using ModelSlim.Core.Caching;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Locking;
using ModelSlim.Tool.Options;
using ModelSlim.Tool.Rendering;

namespace ModelSlim.Tool.Verbs;

/// <summary>What <c>cache push</c> and <c>cache pull</c> have in common: which results, and a remote cache that has to work.</summary>
internal abstract class CacheShareVerb : CacheVerb
{
    private readonly Argument<string[]> keys = new("KEY") { Description = "Keys, or how they begin; where none is given, all", Arity = ArgumentArity.ZeroOrMore };
    private readonly RemoteOptions remote = new();
    private readonly Option<string?> lockFile = new("--lock") { Description = "The results that this lock file names, and no others", HelpName = "LOCKFILE" };

    /// <summary>Makes the verb.</summary>
    protected CacheShareVerb(string name, string description)
        : base(name, description)
    {
        Command.Arguments.Add(keys);
        Command.Options.Add(lockFile);
        remote.AddTo(Command);
        lockFile.Validators.Add(PathArgument.RefuseEmpty);
        Command.Validators.Add(line =>
        {
            if (line.GetValue(keys) is { Length: > 0 } && line.GetValue(lockFile) is not null)
            {
                line.AddError("KEY and --lock exclude each other.");
            }
        });
    }

    /// <summary>Such as <c>to</c>.</summary>
    protected abstract string Direction { get; }

    /// <inheritdoc/>
    protected override Result<VerbOutput> Run(string path, ParseResult line, VerbContext context)
    {
        using var shared = remote.Open(line, context);
        if (shared is null || Refusal(shared) is not null)
        {
            return DiagnosticCodes.RemoteNotCopied.Says(
                shared is null ? "There is no remote cache to use; name one with --remote-cache or MODELSLIM_REMOTE_CACHE" : $"{shared.Place} {Refusal(shared)}");
        }

        return ArtifactStore.Open(path).Then(store => Locked(line).Then(locked => Chosen(line, locked, () => AllAsync(store, shared, context.Cancellation))
            .Then(chosen => ShareAsync(store, shared, chosen, locked, context).GetAwaiter().GetResult())));
    }

    /// <summary>Why a remote cache cannot be used for this; null where it can.</summary>
    protected abstract string? Refusal(RemoteCache shared);

    /// <summary>The keys of all results on this side.</summary>
    protected abstract Task<Result<IReadOnlyList<string>>> AllAsync(ArtifactStore store, RemoteCache shared, CancellationToken cancellation);

    /// <summary>Copies one result.</summary>
    /// <param name="store">The local store.</param>
    /// <param name="shared">The remote cache.</param>
    /// <param name="key">Its key.</param>
    /// <param name="locked">The one result that is accepted; null where any is.</param>
    /// <param name="context">What it works with.</param>
    protected abstract Task<RemoteAnswer> CopyAsync(ArtifactStore store, RemoteCache shared, string key, LockedResult? locked, VerbContext context);

    private static Result<IReadOnlyList<string>> Chosen(string[] beginnings, IReadOnlyList<string> all)
    {
        var unknown = beginnings.FirstOrDefault(beginning => !all.Any(key => key.StartsWith(beginning, StringComparison.Ordinal)));
        return unknown is not null
            ? DiagnosticCodes.RemoteNotCopied.Says($"There is no result whose key begins with {DisplayText.Quote(unknown)}")
            : Result<IReadOnlyList<string>>.With([.. all.Where(key => beginnings.Length == 0 || beginnings.Any(beginning => key.StartsWith(beginning, StringComparison.Ordinal)))], []);
    }

    // Whole keys need no list, which not every remote cache has.
    private Result<IReadOnlyList<string>> Chosen(ParseResult line, ImmutableDictionary<string, LockedResult> locked, Func<Task<Result<IReadOnlyList<string>>>> all)
    {
        string[] given = line.GetValue(lockFile) is null ? [.. (line.GetValue(keys) ?? []).Select(key => key.ToLowerInvariant())] : [.. locked.Keys.Order(StringComparer.Ordinal)];
        return line.GetValue(lockFile) is not null || (given.Length > 0 && given.All(ArtifactStore.IsKey))
            ? Result<IReadOnlyList<string>>.With([.. given.Distinct(StringComparer.Ordinal)], [])
            : all().GetAwaiter().GetResult().Then(keys => Chosen(given, keys));
    }

    private Result<ImmutableDictionary<string, LockedResult>> Locked(ParseResult line) => line.GetValue(lockFile) is { } path
        ? new LockFileStore().Read(path).Then<ImmutableDictionary<string, LockedResult>>(file =>
            file.Results.Values.DistinctBy(result => result.Fingerprint.Key).ToImmutableDictionary(result => result.Fingerprint.Key, StringComparer.Ordinal))
        : ImmutableDictionary<string, LockedResult>.Empty;

    private async Task<Result<VerbOutput>> ShareAsync(
        ArtifactStore store, RemoteCache shared, IReadOnlyList<string> chosen, ImmutableDictionary<string, LockedResult> locked, VerbContext context)
    {
        var (said, copied, left) = (new List<Diagnostic>(), new List<string>(), new List<string>());
        for (var done = 0; done < chosen.Count; done++)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            context.Progress.Report(new StageProgress(Command.Name, done, chosen.Count));
            var answer = await CopyAsync(store, shared, chosen[done], locked.GetValueOrDefault(chosen[done]), context).ConfigureAwait(false);
            said.AddRange(answer.Diagnostics);
            (answer.Succeeded ? copied : left).Add(chosen[done]);
        }

        if (left.Count > 0)
        {
            said.Add(DiagnosticCodes.RemoteNotCopied.Says($"{Quantity.Of(left.Count, "result")} of {chosen.Count} could not be copied {Direction} {shared.Place}"));
        }

        return Result<VerbOutput>.With(
            new VerbOutput
            {
                Document = () => new JsonObject
                {
                    ["remote"] = shared.Place,
                    ["copied"] = new JsonArray([.. copied.Select(key => (JsonNode)key)]),
                    ["left"] = new JsonArray([.. left.Select(key => (JsonNode)key)]),
                },
                Summary = $"Copied {Quantity.Of(copied.Count, "result")} {Direction} {shared.Place}",
            },
            said);
    }
}
