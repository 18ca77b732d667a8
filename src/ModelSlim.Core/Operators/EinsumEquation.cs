using System.Collections.Immutable;

namespace ModelSlim.Core.Operators;

/// <summary>
/// An Einsum equation at known ranks. Every axis of every operand and of the output has a label: its letter, or a number for an
/// axis that the ellipsis stands for, counted from the right, so that 0 is the last.
/// </summary>
internal sealed class EinsumEquation
{
    private const string Ellipsis = "...";

    private EinsumEquation(ImmutableArray<ImmutableArray<string>> operands, ImmutableArray<string> output)
    {
        Operands = operands;
        Output = output;
    }

    /// <summary>For each operand: the label of each axis.</summary>
    public ImmutableArray<ImmutableArray<string>> Operands { get; }

    /// <summary>The label of each axis of the output.</summary>
    public ImmutableArray<string> Output { get; }

    /// <summary>Reads an equation; null where it does not fit the ranks.</summary>
    /// <param name="equation">Such as <c>bij, bjk -> bik</c>, or without an arrow.</param>
    /// <param name="ranks">Rank of each operand.</param>
    public static EinsumEquation? Read(string equation, IReadOnlyList<int> ranks)
    {
        var sides = equation.Replace(" ", "", StringComparison.Ordinal).Split("->");
        var terms = sides[0].Split(',');
        if (sides.Length > 2 || terms.Length != ranks.Count)
        {
            return null;
        }

        var operands = terms.Zip(ranks, (term, rank) => Labels(term, rank - Letters(term).Length)).ToImmutableArray();
        var hidden = operands.Max(labels => labels.Count(IsHidden));
        var output = sides.Length > 1 ? sides[1] : Implied(terms);
        return operands.Zip(ranks).All(pair => pair.First.Length == pair.Second)
            ? new EinsumEquation(operands, Labels(output, hidden))
            : null;
    }

    /// <summary>True for a label of an axis that the ellipsis stands for.</summary>
    public static bool IsHidden(string label) => char.IsAsciiDigit(label[0]);

    // Without an arrow: what the ellipsis stands for, then the letters that come up once, in the order of the alphabet.
    private static string Implied(string[] terms)
    {
        var letters = terms.SelectMany(Letters).GroupBy(letter => letter).Where(group => group.Count() == 1).Select(group => group.Key).Order();
        return (terms.Any(term => term.Contains(Ellipsis, StringComparison.Ordinal)) ? Ellipsis : "") + string.Concat(letters);
    }

    private static string Letters(string term) => term.Replace(Ellipsis, "", StringComparison.Ordinal);

    private static ImmutableArray<string> Labels(string term, int hidden)
    {
        var parts = term.Split(Ellipsis);
        IEnumerable<string> middle = parts.Length > 1
            ? Enumerable.Range(0, Math.Max(0, hidden)).Reverse().Select(axis => axis.ToString(System.Globalization.CultureInfo.InvariantCulture))
            : [];
        return [.. parts[0].Select(letter => letter.ToString()), .. middle, .. parts[1..].SelectMany(part => part.Select(letter => letter.ToString()))];
    }
}
