using ModelSlim.Core.Masking;
using ModelSlim.Core.Recipes;
using ModelSlim.Core.Tensors;
using ModelSlim.Evaluation.Repair;

namespace ModelSlim.Evaluation.Masking;

/// <summary>A layer some of whose weights become zero, in a walk that has come to it.</summary>
/// <param name="Site">The layer.</param>
/// <param name="Weight">Its weight, and along which axes patterns lie.</param>
/// <param name="Tensor">The weight as it is stored.</param>
/// <param name="Layout">The layer, laid out for one chunk.</param>
internal sealed record MaskingSite(FitSite Site, MaskableWeight Weight, TensorData Tensor, LayerLayout Layout)
{
    private const int RowsPerColumn = 12;
    private const int LeastRows = 4096;
    private const int MostRows = 16_384;

    /// <summary>What the layer reads in rows chosen by the seed.</summary>
    /// <param name="walk">The walk.</param>
    /// <param name="group">The convolution group.</param>
    /// <param name="columns">Which columns to take, in which order.</param>
    /// <param name="seed">The seed.</param>
    public Rows Features(GraphWalk walk, int group, int[] columns, long seed)
    {
        var rows = new ChosenRows(walk.Chunks, Layout.Rows, Math.Clamp(RowsPerColumn * columns.Length, LeastRows, MostRows), seed, $"mask/{Weight.Name}");
        var under = new int[Layout.Columns];
        return rows.Take(walk, Site.Input, columns.Length, (row, places) =>
        {
            Layout.Under(row, group, under);
            for (var i = 0; i < places.Length; i++)
            {
                places[i] = under[columns[i]];
            }
        });
    }

    /// <summary>The columns in the order in which they go, those of a block of N:M one after the other.</summary>
    /// <param name="target">Says which pattern there is.</param>
    /// <returns>Null where blocks do not lie alike for every output.</returns>
    public int[]? Ordered(SparsityTarget target)
    {
        var columns = Enumerable.Range(0, Layout.Columns).ToArray();
        if (target.IsPattern)
        {
            var axis = Weight.Axis!.Value;
            return Array.TrueForAll(columns, column => Index(axis, 0, column, 0) == Index(axis, Layout.Groups - 1, column, Layout.Outputs - 1))
                ? [.. columns.OrderBy(column => Layout.WeightPlace(0, column, 0) - (Index(axis, 0, column, 0) * Stride(axis))).ThenBy(column => Index(axis, 0, column, 0))]
                : null;
        }

        return !target.IsBlocks || (Layout.Groups == 1 && Enumerable.Range(0, Layout.Outputs).All(output => Index(Weight.Outputs!.Value, 0, 0, output) == output))
            ? columns
            : null;
    }

    private int Index(int axis, int group, int column, int output) => Layout.WeightPlace(group, column, output) / Stride(axis) % Tensor.Shape[axis];

    private int Stride(int axis) => (int)TensorData.Count(Tensor.Shape[(axis + 1)..]);
}
