using System.Collections.Immutable;
using ModelSlim.Core.Reports;
using Spectre.Console;

namespace ModelSlim.Tool.Rendering;

/// <summary>What stays of a model, and why.</summary>
internal static class FrozenTable
{
    private const int Longest = 20;

    /// <summary>A row for each node and reason, or for the first of many; channels of equal parts are counted together.</summary>
    /// <param name="parts">The parts.</param>
    /// <param name="all">True where every part is shown.</param>
    public static Table Of(ImmutableArray<FrozenPart> parts, bool all)
    {
        var table = Tables.New("Stays as it is", "Channels", "Why");
        var rows = parts.GroupBy(part => (part.Node, part.Reason)).ToArray();
        var shown = all ? rows.Length : Math.Min(rows.Length, Longest);
        foreach (var row in rows.Take(shown))
        {
            table.AddRow(Tables.Cells(row.Key.Node, Channels(row), row.Key.Reason));
        }

        return shown < rows.Length ? table.AddRow(Tables.Cells($"{rows.Length - shown} more with -v d")) : table;
    }

    private static string Channels(IEnumerable<FrozenPart> same) => string.Join(", ", same
        .Where(part => part.Channels > 0)
        .CountBy(part => part.Channels)
        .Select(size => size.Value == 1 ? $"{size.Key}" : $"{size.Value} x {size.Key}"));
}
