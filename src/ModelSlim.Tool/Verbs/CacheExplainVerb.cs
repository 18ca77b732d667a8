using System.CommandLine;
using System.Text.Json.Nodes;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Fingerprints;
using ModelSlim.Pipeline;
using ModelSlim.Tool.Options;
using ModelSlim.Tool.Rendering;
using Spectre.Console;

namespace ModelSlim.Tool.Verbs;

/// <summary><c>cache explain MODEL</c>: whether the store has the result, and what is different in the one that is nearest.</summary>
internal sealed class CacheExplainVerb : CacheVerb
{
    private const int ShownDigits = 12;

    private readonly Argument<string> model = PathArgument.Of("MODEL", "The ONNX file");
    private readonly RecipeOption recipe = new();
    private readonly OverrideOptions overrides = new();

    /// <summary>Makes the verb.</summary>
    public CacheExplainVerb()
        : base("explain", "Tell whether the store has the result of a model, and why not")
    {
        Command.Arguments.Add(model);
        recipe.AddTo(Command);
        overrides.AddTo(Command);
    }

    /// <inheritdoc/>
    protected override Result<VerbOutput> Run(string path, ParseResult line, VerbContext context)
    {
        var file = line.GetRequiredValue(model);
        var query = context.Services.Query;
        return recipe.Load(line, file, overrides.Read(line, context.Settings), context.Host.Files)
            .Then(resolved => query.KeysOf(file, resolved, context.Progress, context.Cancellation))
            .Then(keys => Open(path) is { } opened
                ? opened.Then(store => query.Explain(store, keys, context.Cancellation))
                : query.Explain(null, keys, context.Cancellation))
            .Then<VerbOutput>(explanation => Show(file, explanation));
    }

    private static VerbOutput Show(string file, StoreExplanation found)
    {
        var table = Tables.New("Part", "There", "Now");
        foreach (var change in found.Changes)
        {
            table.AddRow(Tables.Cells(change.Name, Value(change.Before), Value(change.After)));
        }

        return new VerbOutput
        {
            Document = () => new JsonObject
            {
                ["model"] = file,
                ["key"] = found.Key.Key,
                ["cache"] = found.IsHit ? "hit" : "miss",
                ["nearest"] = found.Nearest?.Key,
                ["changes"] = new JsonArray([.. found.Changes.Select(Json)]),
            },
            Text = $"{file}: {(found.IsHit ? "hit" : "miss")}, key {found.Key.Key[..ShownDigits]}\n{Sentence(found)}",
            View = found.Changes.IsEmpty ? [] : [table],
        };
    }

    private static string Sentence(StoreExplanation found) => found switch
    {
        { IsHit: true } => string.Empty,
        { Nearest: null } => "The store is empty.\n",
        { Changes.IsEmpty: true } => "The stored result is damaged or cannot be read.\n",
        _ => $"The nearest stored result, {found.Nearest.Key[..ShownDigits]}, differs in {Quantity.Of(found.Changes.Length, "part")}:\n",
    };

    private static string Value(string? value) => value ?? "(not there)";

    private static JsonObject Json(FingerprintChange change) => new() { ["part"] = change.Name, ["there"] = change.Before, ["now"] = change.After };
}
