using System.Text.Json;

namespace ModelSlim.Benchmarks;

/// <summary>What <c>prune</c> reported of one case and seed; accuracies are fractions of the test images.</summary>
/// <param name="Original">Accuracy of the model as it was.</param>
/// <param name="Cut">Right after the cut; nothing where nothing was cut.</param>
/// <param name="Repaired">After the repair, without labels; nothing where nothing was cut.</param>
/// <param name="Tuned">After fine-tuning.</param>
/// <param name="MacsRatio">MACs before, divided by those after.</param>
/// <param name="Speedup">Latency in ONNX Runtime before, divided by that after, measured side by side.</param>
/// <param name="SecondsToRepair">Time until the repaired model was there.</param>
internal sealed record AccuracyRun(
    double Original, double? Cut, double? Repaired, double Tuned, double MacsRatio, double Speedup, double SecondsToRepair)
{
    /// <summary>Reads the report that <c>prune --json</c> writes.</summary>
    public static AccuracyRun Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        var (before, after) = (root.GetProperty("before"), root.GetProperty("after"));
        var stages = root.GetProperty("stages").EnumerateArray().ToDictionary(stage => stage.GetProperty("name").GetString()!);
        return new AccuracyRun(
            before.GetProperty("metric").GetDouble(),
            MetricOf("cut"),
            MetricOf("repair"),
            MetricOf("fine-tune") ?? throw new InvalidOperationException("Nothing was fine-tuned."),
            before.GetProperty("macs").GetDouble() / after.GetProperty("macs").GetDouble(),
            root.GetProperty("verification").GetProperty("speedup").GetDouble(),
            stages.Where(stage => stage.Key is not ("fine-tune" or "measure")).Sum(stage => stage.Value.GetProperty("seconds").GetDouble()));

        double? MetricOf(string stage) =>
            stages.TryGetValue(stage, out var found) && found.TryGetProperty("metric", out var metric) && metric.ValueKind == JsonValueKind.Number
                ? metric.GetDouble()
                : null;
    }
}
