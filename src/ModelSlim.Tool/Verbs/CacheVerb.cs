using System.CommandLine;
using ModelSlim.Core.Caching;
using ModelSlim.Core.Diagnostics;

namespace ModelSlim.Tool.Verbs;

/// <summary>What the verbs about the store have in common: the word <c>cache</c> before them, and that there is a store.</summary>
internal abstract class CacheVerb(string name, string description) : Verb(name, description)
{
    /// <inheritdoc/>
    public override string Parent => "cache";

    /// <inheritdoc/>
    public override Task<Result<VerbOutput>> RunAsync(ParseResult line, VerbContext context)
    {
        if (context.Store is not { } path)
        {
            return Task.FromResult<Result<VerbOutput>>(
                DiagnosticCodes.CommandLine.Says("There is no folder for the store; name one with --cache-dir"));
        }

        return Task.Run(() => Run(path, line, context));
    }

    /// <summary>Does it.</summary>
    /// <param name="path">Full path of the store.</param>
    /// <param name="line">The command line, without errors.</param>
    /// <param name="context">What it works with.</param>
    protected abstract Result<VerbOutput> Run(string path, ParseResult line, VerbContext context);

    /// <summary>Opens the store, without making one where there is none.</summary>
    /// <returns>The store; null where there is none.</returns>
    protected static Result<ArtifactStore>? Open(string path) => Directory.Exists(path) ? ArtifactStore.Open(path) : null;
}
