using ModelSlim.Core.Recipes;
using ModelSlim.Evaluation.Repair;

namespace ModelSlim.Evaluation.Masking;

/// <summary>
/// Lets weights of a layer go by <see cref="WeightElimination"/>, block of columns by block of columns: how many of each was decided
/// before, which is decided when their turn comes, by what those before them left.
/// </summary>
/// <param name="kernel">Multiplies.</param>
/// <param name="seed">Seed of the choice of rows.</param>
internal sealed class LayerElimination(ProductKernel kernel, long seed)
{
    private const int MostColumns = 1200;
    private const int LargestBlock = 128;

    // The later a column is, the fewer are left to make up for it: were all chosen at once, the first would go.
    private const int Blocks = 16;

    /// <summary>Lets them go.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="masked">Its weights after a choice was made: as many become zero of each block.</param>
    /// <param name="target">Says whether there is a pattern.</param>
    /// <param name="walk">The walk, which has come to the layer.</param>
    /// <returns>The weights as they are stored, and what is to be added to each channel; null where they cannot be laid out so.</returns>
    public (float[] Weights, double[] Intercept)? Run(MaskingSite layer, float[] masked, SparsityTarget target, GraphWalk walk)
    {
        var layout = layer.Layout;
        if (layer.Ordered(target) is not { } order)
        {
            return null;
        }

        var block = target.IsPattern ? target.Block : Math.Clamp(layout.Columns / Blocks, 1, LargestBlock);
        var values = layer.Tensor.ToSingles();
        var intercept = new double[layout.Channels];
        var run = MostColumns / block * block;
        for (var first = 0; first < order.Length; first += run)
        {
            var columns = order[first..Math.Min(first + run, order.Length)];
            if (Parts(layer, columns, values, walk) is not { } parts)
            {
                return null;
            }

            for (var start = 0; start < columns.Length; start += block)
            {
                new ColumnBlock(layer, parts, columns, start, Math.Min(block, columns.Length - start), target.Outputs).Remove(masked, target);
            }

            Array.ForEach(parts, part => part.Store(layout, columns, values, intercept));
        }

        return (values, layer.Site.Intercept is null ? new double[layout.Channels] : intercept);
    }

    private LayerPart[]? Parts(MaskingSite layer, int[] columns, float[] stored, GraphWalk walk)
    {
        var layout = layer.Layout;
        var parts = new LayerPart[layout.Groups];
        for (var group = 0; group < parts.Length; group++)
        {
            var features = layer.Features(walk, group, columns, seed);
            var moments = new SecondMoments(kernel, features, features.Count);
            var weights = new double[columns.Length * layout.Outputs];
            for (var i = 0; i < columns.Length; i++)
            {
                for (var o = 0; o < layout.Outputs; o++)
                {
                    weights[(i * layout.Outputs) + o] = stored[layout.WeightPlace(group, columns[i], o)];
                }
            }

            if (WeightElimination.Start(moments.Means(layer.Site.Intercept is not null), (double[])weights.Clone(), columns.Length) is not { } state)
            {
                return null;
            }

            parts[group] = new LayerPart(group, state, weights, moments);
        }

        return parts;
    }
}
