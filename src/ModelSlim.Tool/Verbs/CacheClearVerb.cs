using System.Text.Json.Nodes;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Tool.Rendering;

namespace ModelSlim.Tool.Verbs;

/// <summary><c>cache clear</c>: deletes what is in the store.</summary>
internal sealed class CacheClearVerb() : CacheVerb("clear", "Delete all results in the store")
{
    /// <inheritdoc/>
    protected override Result<VerbOutput> Run(string path) => Open(path) is { } opened
        ? opened.Then<VerbOutput>(store => Show(path, store.Clear()))
        : Show(path, 0);

    private static VerbOutput Show(string path, long bytes) => new()
    {
        Document = new JsonObject { ["path"] = path, ["bytes"] = bytes },
        Summary = $"Deleted {Quantity.Bytes(bytes)} from {path}",
    };
}
