using System.Collections.Immutable;

namespace ModelSlim.Core.Axes;

/// <summary>How two axes meet, and where each index of the one is on the other.</summary>
internal sealed record AxisPair(AxisPairKind Kind, ImmutableArray<int> SourceOfOutput, ImmutableArray<int> TargetOfInput);
