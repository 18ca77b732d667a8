using System.Text.Json.Nodes;
using ModelSlim.Core.Caching;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Tool.Rendering;
using Spectre.Console;

namespace ModelSlim.Tool.Verbs;

/// <summary><c>cache list</c>: what is in the store.</summary>
internal sealed class CacheListVerb() : CacheVerb("list", "List the results in the store")
{
    private const int ShownDigits = 12;

    /// <inheritdoc/>
    protected override Result<VerbOutput> Run(string path) => Open(path) is { } opened
        ? opened.Then<VerbOutput>(store => Show(path, [.. store.List()]))
        : Show(path, []);

    private static VerbOutput Show(string path, IReadOnlyList<ArtifactRecord> records)
    {
        var bytes = records.Sum(record => record.Size);
        var table = Tables.New("Key", "Size", "Files");
        foreach (var record in records)
        {
            table.AddRow(Tables.Cells(
                record.Fingerprint.Key[..ShownDigits],
                Quantity.Bytes(record.Size),
                string.Join(", ", record.Outputs.Select(output => output.Name))));
        }

        return new VerbOutput
        {
            Document = new JsonObject
            {
                ["path"] = path,
                ["bytes"] = bytes,
                ["entries"] = new JsonArray([.. records.Select(Json)]),
            },
            Text = $"{path}: {Quantity.Of(records.Count, "result")}, {Quantity.Bytes(bytes)}\n",
            View = records.Count > 0 ? [table] : [],
        };
    }

    private static JsonObject Json(ArtifactRecord record) => new()
    {
        ["key"] = record.Fingerprint.Key,
        ["bytes"] = record.Size,
        ["outputs"] = new JsonArray([.. record.Outputs.Select(output => new JsonObject
        {
            ["name"] = output.Name,
            ["sha256"] = output.Digest.Sha256,
            ["bytes"] = output.Digest.Size,
        })]),
    };
}
