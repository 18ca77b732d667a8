using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json.Nodes;
using ModelSlim.Core.Caching;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Tool.Rendering;

namespace ModelSlim.Tool.Verbs;

/// <summary><c>cache gc</c>: removes the results that were used longest ago.</summary>
internal sealed class CacheGcVerb : CacheVerb
{
    private readonly Option<string?> maxSize = new("--max-size")
    {
        Description = "Remove until the store is no larger: 5GiB, 500MB; where neither limit is given, MODELSLIM_CACHE_MAX_SIZE or 10GiB",
        HelpName = "SIZE",
    };

    private readonly Option<string?> maxAge = new("--max-age")
    {
        Description = "Remove what was not used for so long: 30d, 12h",
        HelpName = "AGE",
    };

    /// <summary>Makes the verb.</summary>
    public CacheGcVerb()
        : base("gc", "Remove results that were not used for long, and what belongs to no result")
    {
        Command.Options.Add(maxSize);
        Command.Options.Add(maxAge);
        maxSize.Validators.Add(result => Check(result, text => StoreSize.Read(text) is not null, "a size such as 5GiB or 500MB"));
        maxAge.Validators.Add(result => Check(result, text => StoreSize.ReadAge(text) is not null, "an age such as 30d or 12h"));
    }

    /// <inheritdoc/>
    protected override Result<VerbOutput> Run(string path, ParseResult line, VerbContext context)
    {
        var size = line.GetValue(maxSize) is { } written ? StoreSize.Read(written) : null;
        var age = line.GetValue(maxAge) is { } old ? StoreSize.ReadAge(old) : null;
        var limits = new StoreLimits(size is null && age is null ? context.ReadStoreLimit() : size, age);
        return Open(path) is { } opened ? opened.Then(store => Collect(store, limits, path, context.Cancellation)) : Show(path, new StoreCollection());
    }

    private static void Check(OptionResult result, Func<string, bool> isRight, string right)
    {
        foreach (var token in result.Tokens.Where(token => !isRight(token.Value)))
        {
            result.AddError($"{result.Option.Name} must be {right}, not '{token.Value}'.");
        }
    }

    private static Result<VerbOutput> Collect(ArtifactStore store, StoreLimits limits, string path, CancellationToken cancellation)
    {
        try
        {
            var collection = store.Collect(limits, cancellation);
            return collection.WasBusy
                ? DiagnosticCodes.StoreNotCollected.Says($"Other processes are at work in '{path}' all the time; try again later")
                : Show(path, collection);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return DiagnosticCodes.StoreNotCollected.Says($"'{path}' cannot be cleaned up: {e.Message.TrimEnd('.')}");
        }
    }

    private static VerbOutput Show(string path, StoreCollection collection) => new()
    {
        Document = () => new JsonObject
        {
            ["path"] = path,
            ["removed"] = new JsonArray([.. collection.Removed.Select(key => (JsonNode)key)]),
            ["bytes"] = collection.Bytes,
            ["kept"] = collection.Kept,
            ["bytesKept"] = collection.BytesKept,
            ["inUse"] = collection.InUse,
        },
        Summary = $"Removed {Quantity.Of(collection.Removed.Length, "result")}, {Quantity.Bytes(collection.Bytes)}; "
            + $"kept {Quantity.Of(collection.Kept, "result")}, {Quantity.Bytes(collection.BytesKept)} with their records"
            + (collection.InUse > 0 ? $" ({collection.InUse} in use)" : string.Empty),
    };
}
