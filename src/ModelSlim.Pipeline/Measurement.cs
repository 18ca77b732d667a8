using System.Collections.Immutable;
using ModelSlim.Evaluation.Metrics;

namespace ModelSlim.Pipeline;

/// <summary>What was measured on the forms of a model.</summary>
/// <param name="Forms">A comparison with the original for each form, in the order of the stages.</param>
/// <param name="Latency">The original and the last form, timed in turns.</param>
public sealed record Measurement(ImmutableArray<Comparison> Forms, LatencyComparison Latency);
