using System.Collections.Immutable;
using System.Globalization;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Recipes;

namespace ModelSlim.Training.Data;

/// <summary>Which column of a table is what.</summary>
/// <param name="Names">Names of all columns; null where the table has no header.</param>
/// <param name="Count">Number of columns.</param>
/// <param name="Label">The column of labels, or -1.</param>
/// <param name="Values">The columns that fill the model's inputs, in the order of the inputs and of the elements of each.</param>
internal sealed record TableColumns(ImmutableArray<string>? Names, int Count, int Label, ImmutableArray<int> Values)
{
    /// <summary>Decides by the first row. A header is there where the recipe says so, or else where a cell is no number.</summary>
    /// <param name="first">Cells of the first row.</param>
    /// <param name="source">Header and labels.</param>
    /// <param name="inputs">What the model wants.</param>
    public static Result<TableColumns> Of(ImmutableArray<string> first, DataSource source, ModelInputs inputs)
    {
        var path = source.Paths[0];
        var number = int.TryParse(source.Labels, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var parsed) ? parsed : (int?)null;
        var place = number < 0 ? number + first.Length : number;
        var hasHeader = source.Header
            ?? ((source.Labels is not null && number is null) || first.Where((cell, column) => column != place).Any(cell => !IsNumber(cell)));
        ImmutableArray<string>? names = hasHeader ? [.. first.Select(cell => cell.Trim())] : null;
        var label = source.Labels is null ? -1
            : names?.IndexOf(source.Labels) is >= 0 and var named ? named
            : place is >= 0 and var counted && counted < first.Length ? counted
            : -1;
        if (source.Labels is not null && label < 0)
        {
            return DiagnosticCodes.DataPartMissing.At(
                source.Location,
                $"{path} has no column {DisplayText.Quote(source.Labels)} for labels; it has {first.Length} columns" +
                (names is null ? " and no header." : $": {Listed(names.Value)}."));
        }

        return Fill(names, first.Length, label, inputs) is { } values
            ? new TableColumns(names, first.Length, label, values)
            : Unfit(path, source, first.Length - (label < 0 ? 0 : 1), inputs);
    }

    /// <summary>A column as messages name it.</summary>
    public string Title(int column) => Names is { } names ? DisplayText.Quote(names[column]) : $"{column}";

    private static ImmutableArray<int>? Fill(ImmutableArray<string>? names, int count, int label, ModelInputs inputs)
    {
        if (names is { } given && inputs.All.All(input => input.Length == 1 && given.Contains(input.Input.Name)))
        {
            return [.. inputs.All.Select(input => given.IndexOf(input.Input.Name))];
        }

        ImmutableArray<int> others = [.. Enumerable.Range(0, count).Where(column => column != label)];
        return others.Length == inputs.All.Sum(input => (long)input.Length) ? others : null;
    }

    private static Diagnostic Unfit(string path, DataSource source, int columns, ModelInputs inputs)
    {
        var wanted = inputs.All.Sum(input => (long)input.Length);
        var hint = source.Labels is null && columns == wanted + 1
            ? "; if one of them holds labels, name it with labels"
            : string.Empty;
        return DiagnosticCodes.SampleShapeDiffers.At(
            source.Location,
            $"{path} has {columns} columns{(source.Labels is null ? string.Empty : " beside the labels")}, but the model takes {wanted} values a sample: " +
            $"{string.Join(", ", inputs.All.Select(input => $"'{input.Input.Name}' [{string.Join(", ", input.Shape)}]"))}{hint}.");
    }

    private static bool IsNumber(string cell) => double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    private static string Listed(ImmutableArray<string> names) =>
        string.Join(", ", names.Take(12).Select(DisplayText.Quote)) + (names.Length > 12 ? " ..." : string.Empty);
}
