using System.CommandLine;
using System.Text.Json.Nodes;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Tool.Options;
using ModelSlim.Tool.Rendering;

namespace ModelSlim.Tool.Verbs;

/// <summary><c>cache clear</c>: deletes what is in the store.</summary>
internal sealed class CacheClearVerb : CacheVerb
{
    private readonly Option<int?> olderThan = new("--older-than")
    {
        Description = "Only results that were stored more than so many days ago",
        HelpName = "DAYS",
        CustomParser = WholeNumber.Between(0, 100_000),
    };

    /// <summary>Makes the verb.</summary>
    public CacheClearVerb()
        : base("clear", "Delete the results in the store") => Command.Options.Add(olderThan);

    /// <inheritdoc/>
    protected override Result<VerbOutput> Run(string path, ParseResult line, VerbContext context) => Open(path) is { } opened
        ? opened.Then<VerbOutput>(store => Show(path, line.GetValue(olderThan) is { } days
            ? store.Clear(context.Host.Time.GetUtcNow().UtcDateTime - TimeSpan.FromDays(days))
            : store.Clear()))
        : Show(path, 0);

    private static VerbOutput Show(string path, long bytes) => new()
    {
        Document = () => new JsonObject { ["path"] = path, ["bytes"] = bytes },
        Summary = $"Deleted {Quantity.Bytes(bytes)} from {path}",
    };
}
