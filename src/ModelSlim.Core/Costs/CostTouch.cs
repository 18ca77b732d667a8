using System.Collections.Immutable;

namespace ModelSlim.Core.Costs;

/// <summary>Some axes, and what of a ledger has to be counted anew when they get shorter.</summary>
/// <param name="Axes">
/// Those of the axes that cost something: the place in the list of axes, the ledger's number of the value, and the axis.
/// </param>
/// <param name="Nodes">Numbers of the nodes that cost something and use a value with such an axis.</param>
/// <param name="Stored">Numbers of the stored tensors with such an axis.</param>
public sealed record CostTouch(
    ImmutableArray<(int Place, int Value, int Axis)> Axes, ImmutableArray<int> Nodes, ImmutableArray<int> Stored);
