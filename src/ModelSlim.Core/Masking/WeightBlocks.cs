using System.Collections.Immutable;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Core.Masking;

/// <summary>The blocks of a weight: so many numbers that lie one after the other along an axis.</summary>
/// <param name="shape">Shape of the weight.</param>
/// <param name="axis">The axis; its extent is a multiple of the block.</param>
/// <param name="block">Numbers in a block.</param>
internal sealed class WeightBlocks(ImmutableArray<int> shape, int axis, int block)
{
    /// <summary>Visits every block.</summary>
    /// <param name="visit">Gets the places of its numbers in the weight, row-major; it may reorder them.</param>
    public void Visit(Action<int[]> visit)
    {
        var stride = (int)TensorData.Count(shape[(axis + 1)..]);
        var places = new int[block];
        for (var start = 0; start < TensorData.Count(shape); start += stride * block)
        {
            for (var lane = start; lane < start + stride; lane++)
            {
                for (var i = 0; i < block; i++)
                {
                    places[i] = lane + (i * stride);
                }

                visit(places);
            }
        }
    }

    /// <summary>The places of every block, in the order of the visit.</summary>
    public int[][] All()
    {
        var all = new List<int[]>();
        Visit(places => all.Add((int[])places.Clone()));
        return [.. all];
    }
}
