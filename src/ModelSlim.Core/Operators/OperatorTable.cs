using System.Text;

namespace ModelSlim.Core.Operators;

/// <summary>The operators of a catalog as the Markdown table of the README.</summary>
/// <param name="catalog">The operators.</param>
/// <param name="trains">True for a domain and an operator that fine-tuning can run through.</param>
public sealed class OperatorTable(OperatorCatalog catalog, Func<string, string, bool> trains)
{
    /// <summary>Line before the table in the README.</summary>
    public const string Start = "<!-- operators:start -->";

    /// <summary>Line after the table in the README.</summary>
    public const string End = "<!-- operators:end -->";

    /// <summary>Writes it: a row a domain, then a line for each reason why operators let no channel through.</summary>
    public string Write()
    {
        var table = new StringBuilder("| Domain | Analysed, pruned around and fine-tuned through | Analysed and pruned around |\n|---|---|---|\n");
        foreach (var domain in catalog.Operators.GroupBy(op => op.Domain).OrderBy(domain => domain.Key, StringComparer.Ordinal))
        {
            var names = domain.SelectMany(op => op.OpTypes).Order(StringComparer.Ordinal).ToLookup(name => trains(domain.Key, name));
            table.Append($"| {(domain.Key.Length == 0 ? "ONNX" : domain.Key)} | {string.Join(", ", names[true])} | {string.Join(", ", names[false])} |\n");
        }

        table.Append("\nNo channel gets through these:\n\n");
        var barriers = catalog.Operators
            .SelectMany(op => op.OpTypes, (op, name) => (Name: op.Domain.Length == 0 ? name : $"{op.Domain}.{name}", Reason: op.Barrier(name)))
            .Where(entry => entry.Reason is not null);
        foreach (var barrier in barriers.GroupBy(entry => entry.Reason).OrderBy(barrier => barrier.Key, StringComparer.Ordinal))
        {
            table.Append($"- {barrier.Key}: {string.Join(", ", barrier.Select(entry => entry.Name).Order(StringComparer.Ordinal))}\n");
        }

        return table.ToString();
    }
}
