using System.Text;

namespace ModelSlim.Core.Diagnostics;

/// <summary>Every diagnostic as the Markdown table of the README.</summary>
public sealed class DiagnosticTable
{
    /// <summary>Line before the table in the README.</summary>
    public const string Start = "<!-- errors:start -->";

    /// <summary>Line after the table in the README.</summary>
    public const string End = "<!-- errors:end -->";

    /// <summary>Writes it: a row a code.</summary>
    public string Write()
    {
        var table = new StringBuilder("| Code | What is wrong | What to do |\n|---|---|---|\n");
        foreach (var descriptor in DiagnosticCodes.All)
        {
            table.Append($"| {descriptor.Code} | {descriptor.Title} | {descriptor.Fix} |\n");
        }

        return table.ToString();
    }
}
