using ModelSlim.Core.Graphs;
using ModelSlim.Evaluation.Repair;

namespace ModelSlim.Evaluation.Importance;

/// <summary>Sums up what readers read, out of a walk through the model.</summary>
internal sealed class ReaderStatistics
{
    private const int LargestWeight = 1 << 24;
    private const int MostColumns = 1200;
    private const int RowsPerColumn = 12;
    private const int LeastRows = 4096;
    private const int MostRows = 16_384;

    private readonly GraphIndex index;
    private readonly ProductKernel kernel;
    private readonly long seed;

    /// <summary>Makes a verb of it.</summary>
    /// <param name="index">The model.</param>
    /// <param name="kernel">Multiplies.</param>
    /// <param name="seed">Seed of the choice of places.</param>
    public ReaderStatistics(GraphIndex index, ProductKernel kernel, long seed)
    {
        this.index = index;
        this.kernel = kernel;
        this.seed = seed;
    }

    /// <summary>Reads the statistics of a reader; the walk has come to its goal and still has its input.</summary>
    /// <returns>One for each of its convolution groups; none where the shapes of this run do not fit.</returns>
    public IEnumerable<ReaderMoments> Of(ChannelReader reader, GraphWalk walk)
    {
        var site = reader.Site;
        var weight = index.Constant(site.Weight)!;
        var goal = site.Goal is { } name ? walk.Value(0, name).Shape : default;
        if (weight.Length > LargestWeight
            || !walk.IsSteady(site.Input) || (site.Goal is { } value && !walk.IsSteady(value))
            || site.Form.LayOut(walk.Value(0, site.Input).Shape, weight.Shape, goal) is not { } layout
            || reader.Columns(layout, weight.Shape) is not { } columns)
        {
            return [];
        }

        var stored = weight.ToSingles();
        var moments = Enumerable.Range(0, layout.Groups).Select(group => layout.Columns <= MostColumns
            ? Whole(site, layout, group, walk, stored, columns)
            : ByChannel(site, layout, group, walk, stored, columns)).OfType<ReaderMoments>().ToArray();
        var unit = 1 / Math.Sqrt(Math.Max(Energy(site, layout, walk) ?? moments.Sum(Energy), double.Epsilon));
        return moments.Select(each => each with { Weights = Array.ConvertAll(each.Weights, w => w * unit) });
    }

    private ReaderMoments Whole(FitSite site, LayerLayout layout, int group, GraphWalk walk, float[] stored, int[][] columns)
    {
        var rows = new ChosenRows(walk.Chunks, layout.Rows, Math.Clamp(RowsPerColumn * layout.Columns, LeastRows, MostRows), seed, $"score/{site.Weight}");
        var features = rows.Take(walk, site.Input, layout.Columns, (row, places) => layout.Under(row, group, places));
        var weights = new double[layout.Columns * layout.Outputs];
        for (var column = 0; column < layout.Columns; column++)
        {
            for (var output = 0; output < layout.Outputs; output++)
            {
                weights[(column * layout.Outputs) + output] =
                    stored[layout.WeightPlace(group, column, output)] * site.Scale[(group * layout.Outputs) + output];
            }
        }

        return new ReaderMoments(new SecondMoments(kernel, features, rows.Count), weights, columns, site.Intercept is not null);
    }

    // One column a channel, at one of its places in turn: as if what is under each place of a kernel were alike and unrelated.
    private ReaderMoments? ByChannel(FitSite site, LayerLayout layout, int group, GraphWalk walk, float[] stored, int[][] columns)
    {
        var slots = columns[0].Length;
        if (columns.Length > MostColumns * 2 || columns.Any(own => own.Length != slots))
        {
            return null;
        }

        var rows = new ChosenRows(walk.Chunks, layout.Rows, Math.Clamp(RowsPerColumn * columns.Length, LeastRows, MostRows), seed, $"score/{site.Weight}");
        var under = new int[layout.Columns];
        var features = rows.Take(walk, site.Input, columns.Length, (row, places) =>
        {
            layout.Under(row, group, under);
            for (var channel = 0; channel < places.Length; channel++)
            {
                places[channel] = under[columns[channel][row % slots]];
            }
        });
        var width = slots * layout.Outputs;
        var weights = new double[columns.Length * width];
        for (var channel = 0; channel < columns.Length; channel++)
        {
            for (var slot = 0; slot < slots; slot++)
            {
                for (var output = 0; output < layout.Outputs; output++)
                {
                    weights[(channel * width) + (slot * layout.Outputs) + output] =
                        stored[layout.WeightPlace(group, columns[channel][slot], output)] * site.Scale[(group * layout.Outputs) + output];
                }
            }
        }

        return new ReaderMoments(
            new SecondMoments(kernel, features, rows.Count),
            weights,
            [.. Enumerable.Range(0, columns.Length).Select(channel => new[] { channel })],
            site.Intercept is not null);
    }

    // How much the value that the reader leads to varies, summed over its channels: what an error there is measured by.
    private double? Energy(FitSite site, LayerLayout layout, GraphWalk walk)
    {
        if (site.Goal is not { } goal)
        {
            return null;
        }

        var rows = new ChosenRows(walk.Chunks, layout.Rows, LeastRows, seed, $"energy/{site.Weight}");
        var values = rows.Take(walk, goal, layout.Channels, (row, places) =>
        {
            for (var channel = 0; channel < places.Length; channel++)
            {
                places[channel] = layout.RowPlace(row) + layout.ChannelPlace(channel);
            }
        });
        var energy = 0.0;
        for (var channel = 0; channel < layout.Channels; channel++)
        {
            double sum = 0, squares = 0;
            for (var row = 0; row < values.Count; row++)
            {
                double value = values[row][channel];
                sum += value;
                squares += value * value;
            }

            energy += (squares / values.Count) - (sum * sum / values.Count / values.Count);
        }

        return energy;
    }

    private static double Energy(ReaderMoments moments)
    {
        var sum = 0.0;
        var (k, outputs) = (moments.Moments.Columns, moments.Outputs);
        for (var i = 0; i < k; i++)
        {
            for (var j = 0; j < k; j++)
            {
                var product = moments.Product(i, j);
                for (var o = 0; o < outputs; o++)
                {
                    sum += product * moments.Weights[(i * outputs) + o] * moments.Weights[(j * outputs) + o];
                }
            }
        }

        return sum;
    }
}
