using System.Collections.Immutable;

namespace ModelSlim.Core.Graphs;

/// <summary>
/// One input's share of a data movement whose positions are sums of a term for each axis of the output: the element at the
/// output index (i, j, ...) came from the row-major position <paramref name="First"/> + Terms[0][i] + Terms[1][j] + ... of that
/// input, and from elsewhere where any of the terms is <see cref="Outside"/>. So move Reshape, Transpose, Slice, Split, Concat,
/// Pad, Tile, DepthToSpace and their like, in space that grows with the extents and not with their product.
/// </summary>
/// <param name="Input">The index of the node's input.</param>
/// <param name="First">The position where every term is 0.</param>
/// <param name="Terms">For each axis of the output, a term for each index.</param>
public sealed record PositionSum(int Input, int First, ImmutableArray<ImmutableArray<int>> Terms)
{
    /// <summary>The term of an index at which no element is this input's.</summary>
    public const int Outside = int.MinValue;
}
