using System.Globalization;
using ModelSlim.Core.Reports;

namespace ModelSlim.Tool.Rendering;

/// <summary>How many weights are zero, in lines.</summary>
internal static class SparsityText
{
    /// <summary>Such as <c>80.0% of 271 k weights are zero; packed, 1.01 MB become 312 kB</c>; empty where channels went.</summary>
    public static string Of(SparsityReport? sparsity) => sparsity is null ? string.Empty : string.Create(
        CultureInfo.InvariantCulture,
        $"{100.0 * sparsity.Zeros / Math.Max(1, sparsity.Weights):0.0}% of {Quantity.Count(sparsity.Weights)} weights are zero{Pattern(sparsity)}; in a zip file {Quantity.Bytes(sparsity.PackedBefore)} become {Quantity.Bytes(sparsity.PackedAfter)}.\nONNX Runtime's CPU kernels are no faster for zeros; method: channels makes models faster.\n");

    private static string Pattern(SparsityReport sparsity) => sparsity.Pattern is null ? string.Empty
        : sparsity.Dense.IsEmpty ? $", {sparsity.Pattern} in every layer"
        : $", {sparsity.Pattern} in every layer but {string.Join(", ", sparsity.Dense)}, which it does not fit";
}
