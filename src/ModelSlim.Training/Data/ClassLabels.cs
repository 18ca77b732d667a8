using System.Collections.Immutable;
using System.Globalization;
using ModelSlim.Core.Data;
using ModelSlim.Core.Diagnostics;

namespace ModelSlim.Training.Data;

/// <summary>Labels that are words, collected row by row and numbered at the end.</summary>
internal sealed class ClassLabels
{
    private const int MostClasses = 1 << 16;

    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);
    private readonly List<string> words = [];
    private readonly List<int> rows = [];

    /// <summary>Adds the label of the next row.</summary>
    /// <exception cref="InvalidDataException">There is none, or there are too many different ones for classes.</exception>
    public void Add(ReadOnlySpan<char> word)
    {
        word = word.Trim();
        if (word.IsEmpty)
        {
            throw new InvalidDataException("it has no label");
        }

        var lookup = numbers.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!lookup.TryGetValue(word, out var number))
        {
            number = words.Count;
            if (number == MostClasses)
            {
                throw new InvalidDataException($"the column of labels has more than {MostClasses} different values, so it does not hold classes");
            }

            words.Add(word.ToString());
            numbers.Add(words[number], number);
        }

        rows.Add(number);
    }

    /// <summary>
    /// The class index of every row, and the names of the classes: where all labels are whole numbers, those are the classes, and
    /// there are no names; else they are numbered in ordinal order.
    /// </summary>
    /// <param name="known">Names that number the classes, as of the training samples; null where these labels do.</param>
    /// <exception cref="InvalidDataException">A label is a number that is no class, or a name that is not known.</exception>
    public (int[] Labels, ImmutableArray<string>? Classes) Finish(ImmutableArray<string>? known)
    {
        var values = words.Select(Number).ToArray();
        if (values.All(value => value is not null))
        {
            return Array.FindIndex(values, value => value is < 0 or >= SampleInput.IntegerLimit) is >= 0 and var wrong
                ? throw new InvalidDataException($"the label {words[wrong]} is no class; classes are integers from 0 up")
                : ([.. rows.Select(row => values[row]!.Value)], null);
        }

        if (Array.FindIndex(values, value => value is null) is var odd && words.Where((_, i) => values[i] is not null).Any())
        {
            throw new InvalidDataException($"the label {DisplayText.Quote(words[odd])} is no whole number, but others are");
        }

        var names = known ?? [.. words.Order(StringComparer.Ordinal)];
        return words.FirstOrDefault(word => !names.Contains(word)) is { } stranger
            ? throw new InvalidDataException($"the label {DisplayText.Quote(stranger)} is none of the training samples' labels")
            : ([.. rows.Select(row => names.IndexOf(words[row]))], names);
    }

    private static int? Number(string word) =>
        double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value == Math.Truncate(value) && Math.Abs(value) < int.MaxValue
            ? (int)value
            : null;
}
