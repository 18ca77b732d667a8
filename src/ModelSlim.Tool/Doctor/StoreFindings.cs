using System.Text.Json.Nodes;
using ModelSlim.Core.Caching;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Files;
using ModelSlim.Tool.Rendering;

namespace ModelSlim.Tool.Doctor;

/// <summary>Whether results can be kept.</summary>
internal static class StoreFindings
{
    /// <summary>Looks at the store.</summary>
    /// <param name="path">Its full path; null where there is none.</param>
    public static (Finding Finding, IReadOnlyList<Diagnostic> Problems) Of(string? path)
    {
        if (path is null)
        {
            return (
                new Finding("store", "Store", "none: this user has no folder for it; name one with --cache-dir", null),
                []);
        }

        var opened = ArtifactStore.Open(path);
        var records = opened.Value?.List() ?? [];
        var free = FreeSpace.Of(path);
        return (
            new Finding(
                "store",
                "Store",
                $"{path}: {Quantity.Of(records.Length, "result")}, {Quantity.Bytes(records.Sum(record => record.Size))}"
                + (free is { } bytes ? $"; {Quantity.Bytes(bytes)} free" : string.Empty),
                new JsonObject { ["path"] = path, ["results"] = records.Length, ["freeBytes"] = free }),
            opened.Diagnostics);
    }
}
