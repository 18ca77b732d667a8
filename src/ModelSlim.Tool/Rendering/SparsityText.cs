using System.Globalization;
using ModelSlim.Core.Reports;

namespace ModelSlim.Tool.Rendering;

/// <summary>How many weights are zero, in words.</summary>
internal static class SparsityText
{
    /// <summary>Such as <c>80.0% of 271 k weights are zero</c>, and what that is good for; empty where channels went.</summary>
    public static string Of(SparsityReport? sparsity) => sparsity is null ? string.Empty : string.Create(
        CultureInfo.InvariantCulture,
        $"{Share(sparsity)} of {Quantity.Count(sparsity.Weights)} weights are zero{WithIgnored(sparsity)}{Pattern(sparsity)}{(sparsity.Sparse ? "; the file holds the others and their places (sparse_initializer)" : string.Empty)}.\n{(sparsity.Note is { } note ? $"{note}.\n" : string.Empty)}");

    /// <summary>What a line about a result must not leave out where weights became zero, after a semicolon; else empty.</summary>
    public static string Caution(SparsityReport? sparsity) => sparsity?.Note is null ? string.Empty : $"; {SparsityReport.Caution}";

    /// <summary>Such as <c>80.0% of 271 k weights are zero</c>, of a model as it is; empty where hardly any is.</summary>
    public static string Found(SparsityReport? sparsity) => sparsity is null || Share(sparsity) == Quantity.Percent(0) ? string.Empty : string.Create(
        CultureInfo.InvariantCulture, $"{Share(sparsity)} of {Quantity.Count(sparsity.Weights)} weights are zero{WithIgnored(sparsity)}{Pattern(sparsity)}.\n");

    /// <summary>Such as <c>80.0%</c>.</summary>
    public static string Share(SparsityReport sparsity) => Share(sparsity.Zeros, sparsity.Weights);

    /// <summary>Such as <c>, 64.2% with what prune.ignore keeps</c>; empty where that is nothing.</summary>
    public static string WithIgnored(SparsityReport sparsity) => sparsity.WithIgnored is { } all ? $", {Share(all.Zeros, all.Weights)} with what prune.ignore keeps" : string.Empty;

    private static string Share(long zeros, long weights) => Quantity.Percent((double)zeros / Math.Max(1, weights));

    private static string Pattern(SparsityReport sparsity) => sparsity.Pattern is null ? string.Empty
        : sparsity.Dense.IsEmpty ? $", {sparsity.Pattern} in every layer"
        : $", {sparsity.Pattern} in every layer but {string.Join("; ", sparsity.Dense.Zip(Obstacles(sparsity)).GroupBy(pair => pair.Second).Select(Whole))}";

    private static IEnumerable<string> Obstacles(SparsityReport sparsity) =>
        sparsity.Obstacles.Length == sparsity.Dense.Length ? sparsity.Obstacles : sparsity.Dense.Select(_ => "which it does not fit");

    private static string Whole(IGrouping<string, (string Name, string Why)> alike) => $"{string.Join(", ", alike.Select(pair => pair.Name))} ({alike.Key})";
}
