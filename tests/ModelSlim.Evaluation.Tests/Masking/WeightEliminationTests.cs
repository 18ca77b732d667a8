using ModelSlim.Core.Data;
using ModelSlim.Evaluation.Masking;

namespace ModelSlim.Evaluation.Tests.Masking;

/// <summary>What elimination leaves, against least squares solved from the start.</summary>
public sealed class WeightEliminationTests
{
    private const int Columns = 6;
    private const int Outputs = 2;

    [Fact]
    public void The_columns_that_are_left_make_up_for_those_before_them_as_least_squares_would()
    {
        var (moments, weights) = Layer();
        var state = WeightElimination.Start((double[])moments.Clone(), (double[])weights.Clone(), Columns)!;
        var error = 0.0;
        for (var column = 0; column < 3; column++)
        {
            error += state.Error(column, 0);
            state.Remove(column, [true, false]);
        }

        var damped = Damped(moments);
        var (expected, least) = Solve(damped, weights, [3, 4, 5]);
        for (var column = 0; column < Columns; column++)
        {
            Assert.Equal(expected[column], state.Weights[column * Outputs], 1e-9);
            Assert.Equal(weights[(column * Outputs) + 1], state.Weights[(column * Outputs) + 1]);
        }

        Assert.Equal(least, error, 1e-9);
        Assert.True(least < Squared(damped, [.. Enumerable.Range(0, Columns).Select(column => column < 3 ? -weights[column * Outputs] : 0)]));
    }

    [Fact]
    public void What_is_constant_cannot_be_solved() =>
        Assert.Null(WeightElimination.Start(new double[4], [1, 2], 2));

    // min over changes d with w + d = 0 outside of the kept columns of d^T H d.
    private static (double[] Weights, double Error) Solve(double[,] matrix, double[] weights, int[] kept)
    {
        int[] gone = [.. Enumerable.Range(0, Columns).Except(kept)];
        var change = new double[Columns];
        Array.ForEach(gone, column => change[column] = -weights[column * Outputs]);
        for (var round = 0; round < 20_000; round++)
        {
            foreach (var i in kept)
            {
                var rest = Enumerable.Range(0, Columns).Where(j => j != i).Sum(j => matrix[i, j] * change[j]);
                change[i] = -rest / matrix[i, i];
            }
        }

        return ([.. Enumerable.Range(0, Columns).Select(column => weights[column * Outputs] + change[column])], Squared(matrix, change));
    }

    private static double Squared(double[,] matrix, double[] change) =>
        Enumerable.Range(0, Columns).Sum(i => Enumerable.Range(0, Columns).Sum(j => change[i] * matrix[i, j] * change[j]));

    private static double[,] Damped(double[] moments)
    {
        var mean = Enumerable.Range(0, Columns).Average(i => moments[(i * Columns) + i]);
        var damped = new double[Columns, Columns];
        for (var i = 0; i < moments.Length; i++)
        {
            damped[i / Columns, i % Columns] = moments[i] + (i / Columns == i % Columns ? WeightElimination.Damping * mean : 0);
        }

        return damped;
    }

    private static (double[] Moments, double[] Weights) Layer()
    {
        var random = new SplitMix(3, "elimination");
        var moments = new double[Columns * Columns];
        for (var sample = 0; sample < 50; sample++)
        {
            var shared = random.NextSingle();
            double[] row = [.. Enumerable.Range(0, Columns).Select(_ => shared + random.NextSingle() - 0.5)];
            for (var i = 0; i < moments.Length; i++)
            {
                moments[i] += row[i / Columns] * row[i % Columns] / 50;
            }
        }

        return (moments, [.. Enumerable.Range(0, Columns * Outputs).Select(_ => random.NextSingle() - 0.5)]);
    }
}
