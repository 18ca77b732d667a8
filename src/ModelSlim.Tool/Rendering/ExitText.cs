using System.Globalization;
using ModelSlim.Core.Reports;

namespace ModelSlim.Tool.Rendering;

/// <summary>An early exit, in words.</summary>
internal static class ExitText
{
    /// <summary>Where how many samples leave, and what that is good for, or why none need to; empty where an exit was needed and there is none.</summary>
    public static string Of(EarlyExitReport? exit) => exit?.Place is null ? Without(exit) : string.Create(
        CultureInfo.InvariantCulture,
        $"{Rate(exit)} leave behind '{exit.Place}', after {Quantity.Percent(exit.MacsBefore ?? 0)} of the MACs, where the head is surer than {exit.Threshold:0.000}.\n{Times("Measured", exit.Measured)}{Times("Expected", exit.Expected)}");

    private static string Without(EarlyExitReport? exit) => exit is { Refusal: { } refusal, IsFastWithout: true } ? $"No early exit pays, and the model is fast enough without: {refusal}.\n" : string.Empty;

    private static string Rate(EarlyExitReport exit) => exit.MeasuredRate is { } measured
        ? $"{Quantity.Percent(measured)} of the samples (expected {Quantity.Percent(exit.ExpectedRate ?? 0)})"
        : $"{Quantity.Percent(exit.ExpectedRate ?? 0)} of the samples";

    private static string Times(string how, ExitLatency? times) => times is null ? string.Empty : string.Create(
        CultureInfo.InvariantCulture,
        $"{how} on {times.Samples} samples, one at a time: mean {Pair(times, spread => spread.MeanMs)}, median {Pair(times, spread => spread.P50Ms)}, 95th percentile {Pair(times, spread => spread.P95Ms)}.\n");

    private static string Pair(ExitLatency times, Func<LatencySpread, double> figure) =>
        $"{Quantity.Milliseconds(figure(times.Original))} to {Quantity.Milliseconds(figure(times.Slim))}";
}
