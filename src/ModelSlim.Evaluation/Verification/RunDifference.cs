using System.Collections.Immutable;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Evaluation.Verification;

/// <summary>What one run of an original and a slim model showed.</summary>
/// <param name="Error">Largest error of a value, relative to its largest element.</param>
/// <param name="Unseen">Values of which the run showed nothing.</param>
/// <param name="Values">What the original's open values are like.</param>
/// <param name="Decided">What the original decided.</param>
internal sealed record RunDifference(
    double Error,
    ImmutableSortedSet<string> Unseen,
    ImmutableDictionary<string, OpenValue> Values,
    ImmutableDictionary<string, TensorData> Decided);
