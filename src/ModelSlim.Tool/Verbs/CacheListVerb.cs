using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using ModelSlim.Core.Caching;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Reports;
using ModelSlim.Pipeline;
using ModelSlim.Tool.Rendering;
using Spectre.Console;

namespace ModelSlim.Tool.Verbs;

/// <summary><c>cache list</c>: what is in the store.</summary>
internal sealed class CacheListVerb() : CacheVerb("list", "List the results in the store, the newest first")
{
    private const int ShownDigits = 12;

    /// <inheritdoc/>
    protected override Result<VerbOutput> Run(string path, ParseResult line, VerbContext context) => Open(path) is { } opened
        ? opened.Then<VerbOutput>(store => Show(path, [.. Read(store, context).OrderByDescending(entry => entry.Stored)], context))
        : Show(path, [], context);

    private static IEnumerable<Entry> Read(ArtifactStore store, VerbContext context)
    {
        foreach (var record in store.List())
        {
            var text = record.Outputs.Any(output => output.Name == ArtifactSource.ReportName)
                ? store.Open(record).Read(ArtifactSource.ReportName, context.Cancellation)
                : null;
            var report = text is null ? null : ReportJson.Read<SlimReport>(Encoding.UTF8.GetString(text));
            yield return new Entry(record, store.StoredAt(record), report);
        }
    }

    private static VerbOutput Show(string path, IReadOnlyList<Entry> entries, VerbContext context)
    {
        // Results share files, as two recipes do that come to the same model; the store has each once.
        var contents = entries.SelectMany(entry => entry.Record.Outputs).Select(output => output.Digest).Distinct().ToArray();
        var bytes = contents.Sum(content => content.Size);
        var table = Tables.New("Key", "Model", "Result", "Stored", "Size");
        foreach (var (record, stored, report) in entries)
        {
            table.AddRow(Tables.Cells(
                record.Fingerprint.Key[..ShownDigits],
                report?.Model ?? string.Empty,
                report is null ? string.Empty : CostTable.Line(report.Before, report.After, null, report.Sparsity),
                TimeZoneInfo.ConvertTimeFromUtc(stored, context.Host.Time.LocalTimeZone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
                Quantity.Bytes(record.Size)));
        }

        return new VerbOutput
        {
            Document = () => new JsonObject
            {
                ["path"] = path,
                ["bytes"] = bytes,
                ["entries"] = new JsonArray([.. entries.Select(Json)]),
            },
            Text = $"{path}: {Quantity.Of(entries.Count, "result")}, {Quantity.Bytes(bytes)} in {Quantity.Of(contents.Length, "file")}\n",
            View = entries.Count > 0 ? [table] : [],
        };
    }

    private static JsonObject Json(Entry entry)
    {
        var json = new JsonObject
        {
            ["key"] = entry.Record.Fingerprint.Key,
            ["stored"] = entry.Stored.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
            ["bytes"] = entry.Record.Size,
            ["outputs"] = new JsonArray([.. entry.Record.Outputs.Select(output => new JsonObject
            {
                ["name"] = output.Name,
                ["sha256"] = output.Digest.Sha256,
                ["bytes"] = output.Digest.Size,
            })]),
        };
        if (entry.Report is { } report)
        {
            json["model"] = report.Model;
        }

        return json;
    }

    private sealed record Entry(ArtifactRecord Record, DateTime Stored, SlimReport? Report);
}
