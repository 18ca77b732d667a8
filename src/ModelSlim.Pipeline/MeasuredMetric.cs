using ModelSlim.Core.Data;
using ModelSlim.Core.Recipes;

namespace ModelSlim.Pipeline;

/// <summary>Which metric can be measured.</summary>
internal static class MeasuredMetric
{
    /// <summary>The metric asked for, or agreement where it needs labels and there are none.</summary>
    public static Metric Of(Metric asked, SampleSet? samples) =>
        asked is Metric.Accuracy or Metric.Top5 && samples is not { HasLabels: true } ? Metric.Agreement : asked;
}
