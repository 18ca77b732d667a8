using ModelSlim.Core.Data;
using ModelSlim.Evaluation.Importance;
using ModelSlim.Evaluation.Repair;

namespace ModelSlim.Evaluation.Tests.Importance;

/// <summary>What elimination says channels cost, against least squares solved from the start.</summary>
public sealed class ChannelEliminationTests
{
    private const int Samples = 300;
    private const int Outputs = 3;
    private static readonly int[][] Pairs = [[0, 1], [2, 3], [4, 5], [6, 7]];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ErrorsAddUpToThatOfTheRestSolvedAnew(bool centred)
    {
        var moments = Moments(Pairs, centred, seed: 3);

        var (order, errors) = new ChannelElimination([moments], 4).Run(TestContext.Current.CancellationToken);

        for (var gone = 1; gone <= 4; gone++)
        {
            var expected = LeastError(moments, [.. order.Take(gone).SelectMany(channel => Pairs[channel])]);
            Assert.Equal(expected, errors.Take(gone).Sum(), expected * 1e-9);
        }
    }

    [Fact]
    public void TheFirstToGoIsTheOneWhoseGoingCostsLeastInAllReaders()
    {
        ReaderMoments[] readers = [Moments(Pairs, true, seed: 4), Moments([[0], [1], [2], [3]], true, seed: 5)];

        var (order, errors) = new ChannelElimination(readers, 4).Run(TestContext.Current.CancellationToken);

        var alone = Enumerable.Range(0, 4).Select(channel => readers.Sum(reader => LeastError(reader, reader.Columns[channel]))).ToArray();
        Assert.Equal(Array.IndexOf(alone, alone.Min()), order[0]);
        Assert.Equal(alone.Min(), errors[0], alone.Min() * 1e-9);
    }

    [Fact]
    public void ColumnsThatAreConstantCostNothing()
    {
        var features = Rows.Of(Samples, 2);
        Array.Fill(features.Data, 1);
        var moments = new ReaderMoments(new SecondMoments(new ProductKernel(1), features, Samples), [1, 2], [[0], [1]], IsCentred: true);

        var (order, errors) = new ChannelElimination([moments], 2).Run(TestContext.Current.CancellationToken);

        Assert.Equal([0, 1], order);
        Assert.Equal([0, 0], errors);
    }

    private static ReaderMoments Moments(int[][] columns, bool centred, long seed)
    {
        var random = new SplitMix(seed, "moments");
        var width = columns.Sum(own => own.Length);
        var features = Rows.Of(Samples, width);
        for (var row = 0; row < Samples; row++)
        {
            var shared = random.NextSingle();
            for (var column = 0; column < width; column++)
            {
                features[row][column] = shared + (random.NextSingle() * (column + 1));
            }
        }

        double[] weights = [.. Enumerable.Range(0, width * Outputs).Select(_ => random.NextSingle() - 0.5)];
        return new ReaderMoments(new SecondMoments(new ProductKernel(1), features, Samples), weights, columns, centred);
    }

    // min over W' with W'_R = 0 of the mean of |X (W - W')|^2 with the ridge: tr(W_R^T S W_R), S the Schur complement of the kept.
    private static double LeastError(ReaderMoments moments, int[] gone)
    {
        var size = moments.Moments.Columns;
        var matrix = new double[size, size];
        var trace = 0.0;
        for (var i = 0; i < size; i++)
        {
            trace += moments.Product(i, i);
            for (var j = 0; j < size; j++)
            {
                matrix[i, j] = moments.Product(i, j);
            }
        }

        for (var i = 0; i < size; i++)
        {
            matrix[i, i] += ChannelElimination.Ridge * trace / size;
        }

        foreach (var pivot in Enumerable.Range(0, size).Except(gone))
        {
            for (var i = 0; i < size; i++)
            {
                var factor = i == pivot ? 0 : matrix[i, pivot] / matrix[pivot, pivot];
                for (var j = 0; j < size; j++)
                {
                    matrix[i, j] -= factor * matrix[pivot, j];
                }
            }
        }

        var sum = 0.0;
        foreach (var i in gone)
        {
            foreach (var j in gone)
            {
                for (var o = 0; o < Outputs; o++)
                {
                    sum += matrix[i, j] * moments.Weights[(i * Outputs) + o] * moments.Weights[(j * Outputs) + o];
                }
            }
        }

        return sum;
    }
}
