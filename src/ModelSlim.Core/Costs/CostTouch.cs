using System.Collections.Immutable;
using ModelSlim.Core.Axes;

namespace ModelSlim.Core.Costs;

/// <summary>Some axes, and what of a ledger has to be counted anew when they get shorter.</summary>
/// <param name="Axes">The axes.</param>
/// <param name="Nodes">Numbers of the nodes that cost something and use a value with such an axis.</param>
/// <param name="Parameters">Names of the parameters with such an axis.</param>
public sealed record CostTouch(ImmutableArray<AxisRef> Axes, ImmutableArray<int> Nodes, ImmutableArray<string> Parameters);
