using System.Collections.Immutable;
using ModelSlim.Evaluation.Metrics;

namespace ModelSlim.Pipeline;

/// <summary>What was measured on the forms of a model.</summary>
/// <param name="Forms">A comparison with the original for each form, in the order of the stages; empty where none could be made.</param>
/// <param name="Latency">The original and the last form, timed in turns; null where they could not be timed.</param>
public sealed record Measurement(ImmutableArray<Comparison> Forms, LatencyComparison? Latency);
