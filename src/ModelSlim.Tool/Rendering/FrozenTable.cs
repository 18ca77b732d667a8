using System.Collections.Immutable;
using ModelSlim.Core.Reports;
using Spectre.Console;

namespace ModelSlim.Tool.Rendering;

/// <summary>What stays of a model, and why.</summary>
internal static class FrozenTable
{
    private const int Longest = 20;

    /// <summary>A row for each part, or for the first of many.</summary>
    /// <param name="parts">The parts.</param>
    /// <param name="all">True where every part is shown.</param>
    public static Table Of(ImmutableArray<FrozenPart> parts, bool all)
    {
        var table = Tables.New("Stays as it is", "Channels", "Why");
        var shown = all ? parts.Length : Math.Min(parts.Length, Longest);
        foreach (var part in parts.Take(shown))
        {
            table.AddRow(Tables.Cells(part.Node, part.Channels > 0 ? part.Channels.ToString() : string.Empty, part.Reason));
        }

        return shown < parts.Length ? table.AddRow(Tables.Cells($"{parts.Length - shown} more with -v d")) : table;
    }
}
