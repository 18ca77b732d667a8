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
        if (Ordered(layer, target) is not { } order)
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
                RemoveBlock(layer, parts, columns, start..Math.Min(start + block, columns.Length), masked, target);
            }

            Array.ForEach(parts, part => part.Store(layout, columns, values, intercept));
        }

        return (values, layer.Site.Intercept is null ? new double[layout.Channels] : intercept);
    }

    private static void RemoveBlock(MaskingSite layer, Part[] parts, int[] columns, Range block, float[] masked, SparsityTarget target)
    {
        var layout = layer.Layout;
        var (first, count) = block.GetOffsetAndLength(columns.Length);
        var outputs = layout.Outputs;
        var errors = new double[parts.Length * outputs * count];
        var go = new bool[errors.Length];
        var gone = 0;
        for (var i = 0; i < errors.Length; i++)
        {
            var (group, output, column) = (i / (outputs * count), i / count % outputs, first + (i % count));
            var scale = layer.Site.Scale[(group * outputs) + output];
            gone += masked[layout.WeightPlace(group, columns[column], output)] == 0 ? 1 : 0;
            errors[i] = parts[group].WasZero(column, output) ? -1 : parts[group].State.Error(column, output) * scale * scale;
        }

        if (target.IsPattern)
        {
            for (var lane = 0; lane < errors.Length; lane += count)
            {
                Mark(errors, go, lane, count, count - target.Stay);
            }
        }
        else
        {
            Mark(errors, go, 0, errors.Length, gone);
        }

        var marked = new bool[outputs];
        for (var column = 0; column < count; column++)
        {
            for (var group = 0; group < parts.Length; group++)
            {
                for (var output = 0; output < outputs; output++)
                {
                    marked[output] = go[(((group * outputs) + output) * count) + column];
                }

                parts[group].State.Remove(first + column, marked);
            }
        }
    }

    // Of equal ones the first go.
    private static void Mark(double[] errors, bool[] go, int first, int length, int count)
    {
        var places = Enumerable.Range(first, length).ToArray();
        Array.Sort(places, (one, other) => errors[one] != errors[other] ? errors[one].CompareTo(errors[other]) : one.CompareTo(other));
        foreach (var place in places.AsSpan(0, count))
        {
            go[place] = true;
        }
    }

    // The columns, those of a block of the pattern one after the other; null where they do not lie so for every output.
    private static int[]? Ordered(MaskingSite layer, SparsityTarget target)
    {
        var layout = layer.Layout;
        var columns = Enumerable.Range(0, layout.Columns).ToArray();
        if (!target.IsPattern)
        {
            return columns;
        }

        var shape = layer.Tensor.Shape;
        var axis = layer.Weight.Axis!.Value;
        var stride = shape[(axis + 1)..].Aggregate(1, (product, extent) => product * extent);
        int Index(int group, int column, int output) => layout.WeightPlace(group, column, output) / stride % shape[axis];
        return Array.TrueForAll(columns, column => Index(0, column, 0) == Index(layout.Groups - 1, column, layout.Outputs - 1))
            ? [.. columns.OrderBy(column => layout.WeightPlace(0, column, 0) - (Index(0, column, 0) * stride)).ThenBy(column => Index(0, column, 0))]
            : null;
    }

    private Part[]? Parts(MaskingSite layer, int[] columns, float[] stored, GraphWalk walk)
    {
        var layout = layer.Layout;
        var parts = new Part[layout.Groups];
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

            parts[group] = new Part(group, state, weights, moments);
        }

        return parts;
    }

    private sealed record Part(int Group, WeightElimination State, double[] Before, SecondMoments Moments)
    {
        public bool WasZero(int column, int output) => Before[(column * (Before.Length / Moments.Columns)) + output] == 0;

        public void Store(LayerLayout layout, int[] columns, float[] values, double[] intercept)
        {
            for (var i = 0; i < columns.Length; i++)
            {
                for (var o = 0; o < layout.Outputs; o++)
                {
                    var weight = State.Weights[(i * layout.Outputs) + o];
                    intercept[(Group * layout.Outputs) + o] += Moments.Sums[i] / Moments.Count * (Before[(i * layout.Outputs) + o] - weight);
                    values[layout.WeightPlace(Group, columns[i], o)] = (float)weight;
                }
            }
        }
    }
}
