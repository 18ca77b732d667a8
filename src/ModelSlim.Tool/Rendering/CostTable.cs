using ModelSlim.Core.Costs;
using ModelSlim.Core.Reports;
using Spectre.Console;

namespace ModelSlim.Tool.Rendering;

/// <summary>Two models side by side.</summary>
internal static class CostTable
{
    /// <summary>A row for each figure that was measured on both.</summary>
    /// <param name="before">The original.</param>
    /// <param name="after">The slim model.</param>
    /// <param name="measured">What was measured; null where nothing was.</param>
    /// <param name="sparsity">How many weights are zero; null where the method removes channels.</param>
    public static Table Of(MeasuredCost before, MeasuredCost after, VerificationReport? measured, SparsityReport? sparsity = null)
    {
        var metric = measured?.MetricName;
        var table = Tables.New("", "Original", "Slim", "Change");
        Add("MACs", Macs(before), Macs(after), Quantity.Change(before.Macs, after.Macs));
        Add("Parameters", Quantity.Count(before.Params), Quantity.Count(after.Params), Quantity.Change(before.Params, after.Params));
        Add("File", Quantity.Bytes(before.Bytes), Quantity.Bytes(after.Bytes), Quantity.Change(before.Bytes, after.Bytes));
        if (sparsity is { PackedBefore: { } packed, PackedAfter: { } repacked })
        {
            Add("in a zip", Quantity.Bytes(packed), Quantity.Bytes(repacked), Quantity.Change(packed, repacked));
        }

        if (before.LatencyMs is { } slow && after.LatencyMs is { } fast)
        {
            Add("Latency", Quantity.Milliseconds(slow), Quantity.Milliseconds(fast), Quantity.Change(slow, fast));
        }

        if (metric is not null && before.Metric is { } was && after.Metric is { } now)
        {
            Add(metric + Caution(measured!), MetricText.Of(metric, was), MetricText.Of(metric, now), MetricText.Change(metric, was, now));
        }

        return table;

        void Add(params string[] cells) => table.AddRow(Tables.Cells(cells));
    }

    /// <summary>The same in a line: <c>MACs 41.2 M to 20.5 M (-50.2%), accuracy 91.5% to 91.2%</c>.</summary>
    /// <param name="before">The original.</param>
    /// <param name="after">The slim model.</param>
    /// <param name="measured">What was measured; null where nothing was.</param>
    /// <param name="sparsity">How many weights are zero, which stands in the place of MACs that do not change; null where the method removes channels.</param>
    public static string Line(MeasuredCost before, MeasuredCost after, VerificationReport? measured, SparsityReport? sparsity = null)
    {
        var metric = measured?.MetricName;
        var change = Quantity.Change(before.Macs, after.Macs);
        var line = sparsity is null || before.Macs != after.Macs
            ? $"MACs {Macs(before)} to {Macs(after)}{(change.Length > 0 ? $" ({change})" : string.Empty)}"
            : string.Empty;
        if (sparsity is not null)
        {
            line += $"{(line.Length > 0 ? ", " : string.Empty)}{SparsityText.Share(sparsity)} of the weights zero{(sparsity.Pattern is { } pattern ? $" ({pattern})" : string.Empty)}{SparsityText.WithIgnored(sparsity)}";
        }

        if (sparsity is { PackedBefore: { } packed, PackedAfter: { } repacked })
        {
            line += $", in a zip {Quantity.Bytes(packed)} to {Quantity.Bytes(repacked)}";
        }

        if (before.LatencyMs is { } slow && after.LatencyMs is { } fast)
        {
            line += $", latency {Quantity.Milliseconds(slow)} to {Quantity.Milliseconds(fast)}";
        }

        return metric is not null && before.Metric is { } was && after.Metric is { } now
            ? $"{line}, {metric} {MetricText.Of(metric, was)} to {MetricText.Of(metric, now)}{Caution(measured!)}"
            : line;
    }

    private static string Macs(MeasuredCost cost) => Quantity.Count(cost.Macs) + cost.MacsBasis switch
    {
        MacsBasis.Mean => " on average",
        MacsBasis.Most => " at most",
        MacsBasis.Outside => " outside subgraphs",
        _ => string.Empty,
    };

    private static string Caution(VerificationReport measured) =>
        measured.Samples == SampleOrigin.Noise ? " on made-up pictures" : string.Empty;
}
