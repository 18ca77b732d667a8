using ModelSlim.Core.Diagnostics;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace ModelSlim.Tool.Rendering;

/// <summary>Tables in the style of the command: no frame, a line below the heads.</summary>
internal static class Tables
{
    /// <summary>A table with heads.</summary>
    public static Table New(params string[] heads)
    {
        var table = new Table { Border = TableBorder.Simple };
        foreach (var head in heads)
        {
            table.AddColumn(new TableColumn(new Text(head)));
        }

        return table;
    }

    /// <summary>Cells of plain text, each on one line.</summary>
    public static IRenderable[] Cells(params string[] texts) => [.. texts.Select(text => new Text(DisplayText.OneLine(text)))];
}
