using System.Globalization;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Recipes;

namespace ModelSlim.Evaluation.Metrics;

/// <summary>Judges figures by the gates of a recipe.</summary>
public sealed class AcceptGates
{
    // Measurements of equal models differ by less than both.
    private const double SurelySlower = 0.93;
    private const double LeastLossMs = 0.02;

    /// <summary>The gates that do not hold; none where all do.</summary>
    /// <param name="recipe">The recipe, which has the gates.</param>
    /// <param name="drop">Drop of the metric as a fraction; null where it was not measured.</param>
    /// <param name="speedup">Latency of the original divided by the slim model's; null where it was not measured.</param>
    /// <param name="milliseconds">Latency of the slim model; null where it was not measured.</param>
    public IEnumerable<Diagnostic> Missed(Recipe recipe, double? drop, double? speedup, double? milliseconds = null)
    {
        var accept = recipe.Accept;
        var location = accept.Location ?? recipe.Target.Location;
        var name = accept.Metric.ToString().ToLowerInvariant();
        if (accept.MaxDrop is { } most && !(drop <= most + 1e-12))
        {
            yield return DiagnosticCodes.DropTooLarge.At(location, drop is { } measured
                ? $"{name} drops by {100 * measured:0.00} points, more than the {Points(most)} of accept.max_drop; ask for less or fine-tune longer"
                : $"{name} was not measured, so accept.max_drop cannot be judged; give data.eval");
        }

        if (accept.MinSpeedup is { } least && !(speedup >= least))
        {
            yield return DiagnosticCodes.SpeedupTooSmall.At(location, speedup is { } ratio
                ? $"the slim model is {ratio:0.00} times as fast as the original, less than accept.min_speedup {least:0.##}; {Faster(recipe)}"
                : "latency was not measured, so accept.min_speedup cannot be judged");
        }
        else if (accept.MinSpeedup is null && speedup < SurelySlower && milliseconds * (1 - speedup) > LeastLossMs)
        {
            yield return DiagnosticCodes.SlimIsSlower.At(location, string.Create(
                CultureInfo.InvariantCulture,
                $"the slim model takes {milliseconds:0.000} ms where the original takes {milliseconds * speedup:0.000} ms; {Faster(recipe)}, or say with accept.min_speedup: {Math.Floor(speedup.Value * 10) / 10:0.0} that it may be slower"));
        }
    }

    // What makes it faster with these methods: their check refuses the rest.
    private static string Faster(Recipe recipe) => recipe.Methods.Any(MethodTraits.CutsChannels) ? "set prune.round_to: 16 or ask for fewer MACs"
        : recipe.Methods.Any(MethodTraits.ExitsEarly) ? "ask for a lower target.latency or allow a larger drop"
        : "zeros make nothing faster in ONNX Runtime; put channels before the method";

    private static string Points(double share) => $"{100 * share:0.##} {(share == 0.01 ? "point" : "points")}";
}
