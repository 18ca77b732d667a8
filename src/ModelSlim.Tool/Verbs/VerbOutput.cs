using System.Text.Json.Nodes;
using Spectre.Console.Rendering;

namespace ModelSlim.Tool.Verbs;

/// <summary>What a verb has to show for itself.</summary>
internal sealed record VerbOutput
{
    /// <summary>Makes the document for <c>--json</c>, where it is asked for.</summary>
    public required Func<JsonObject> Document { get; init; }

    /// <summary>For a person: text that is written to standard output as it is, before the view.</summary>
    public string Text { get; init; } = string.Empty;

    /// <summary>For a person: tables and the like.</summary>
    public IReadOnlyList<IRenderable> View { get; init; } = [];

    /// <summary>For a person in a hurry: one line for what was done; null where the view is the answer itself.</summary>
    public string? Summary { get; init; }

    /// <summary>For <c>--events jsonl</c>: the event that ends the run.</summary>
    public JsonObject? Event { get; init; }
}
