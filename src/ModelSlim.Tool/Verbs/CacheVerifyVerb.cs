using System.CommandLine;
using System.Text.Json.Nodes;
using ModelSlim.Core.Caching;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Tool.Rendering;
using Spectre.Console;

namespace ModelSlim.Tool.Verbs;

/// <summary><c>cache verify</c>: reads everything in the store through.</summary>
internal sealed class CacheVerifyVerb() : CacheVerb("verify", "Hash everything in the store, and set aside what is damaged")
{
    private const int ShownDigits = 12;

    /// <inheritdoc/>
    protected override Result<VerbOutput> Run(string path, ParseResult line, VerbContext context) => Open(path) is { } opened
        ? opened.Then(store => Show(path, store.Verify(context.Progress, context.Cancellation)))
        : Show(path, new StoreCheck(0, 0, 0, []));

    private static Result<VerbOutput> Show(string path, StoreCheck check)
    {
        var table = Tables.New("Damaged", "Name", "Problem", "Set aside");
        foreach (var entry in check.Damaged)
        {
            var name = entry.Name.Length > ShownDigits ? entry.Name[..ShownDigits] : entry.Name;
            table.AddRow(Tables.Cells(Kind(entry), name, entry.Problem, entry.IsSetAside ? "yes" : "no"));
        }

        var output = new VerbOutput
        {
            Document = () => new JsonObject
            {
                ["path"] = path,
                ["results"] = check.Records,
                ["contents"] = check.Contents,
                ["bytes"] = check.Bytes,
                ["loose"] = check.Loose,
                ["looseBytes"] = check.LooseBytes,
                ["damaged"] = new JsonArray([.. check.Damaged.Select(Json)]),
            },
            View = check.Damaged.IsEmpty ? [] : [table],
            Summary = $"{path}: {Quantity.Of(check.Records, "sound result")}, {Quantity.Bytes(check.Bytes)} in {Quantity.Of(check.Contents, "file")}"
                + (check.Loose > 0 ? $", {Quantity.Bytes(check.LooseBytes)} in {Quantity.Of(check.Loose, "file")} of none" : string.Empty)
                + $", {check.Damaged.Length} damaged",
        };
        return check.Damaged.IsEmpty
            ? output
            : Result<VerbOutput>.With(output, [DiagnosticCodes.StoreDamaged.Says(
                $"{Quantity.Of(check.Damaged.Length, "file")} of the store '{path}' "
                + (check.Damaged.All(entry => entry.IsSetAside) ? "were damaged or incomplete and are set aside" : "are damaged or incomplete, and not all of them could be set aside"))]);
    }

    private static string Kind(DamagedEntry entry) => entry.IsRecord ? "record" : "content";

    private static JsonObject Json(DamagedEntry entry) => new()
    {
        ["kind"] = Kind(entry),
        ["name"] = entry.Name,
        ["problem"] = entry.Problem,
        ["setAside"] = entry.IsSetAside,
    };
}
