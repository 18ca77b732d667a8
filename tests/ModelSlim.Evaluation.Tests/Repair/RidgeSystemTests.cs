using ModelSlim.Core.Data;
using ModelSlim.Evaluation.Repair;

namespace ModelSlim.Evaluation.Tests.Repair;

public sealed class RidgeSystemTests
{
    private const int Count = 300;
    private const int Inputs = 5;
    private const int Outputs = 3;

    private readonly Rows features = Numbers("x", Count, Inputs);
    private readonly double[] truth = [.. Numbers("w", Inputs, Outputs).Data.Select(v => (double)v)];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Finds_the_weights_that_made_the_targets(bool centred)
    {
        var layer = Solve(1e-9, centred, Targets(centred ? 2 : 0));

        Assert.All(layer.Unpadded(Inputs).Zip(truth), pair => Assert.Equal(pair.Second, pair.First, 1e-5));
        Assert.All(layer.Intercept, c => Assert.Equal(centred ? 2 : 0, c, 1e-5));
    }

    [Fact]
    public void A_large_ridge_keeps_the_weights_it_started_from()
    {
        var layer = Solve(1e9, true, Targets(0), start: 0.25);

        Assert.All(layer.Unpadded(Inputs), w => Assert.Equal(0.25, w, 1e-6));
    }

    // The oracle fits each output alone, on the features that it has.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Where_zeros_stay_each_output_is_fitted_with_its_own_columns(bool centred)
    {
        bool Stays(int input, int output) => (input + output) % 3 == 0 || (output == 1 && input < 3);
        var start = new double[Inputs * Outputs];
        for (var i = 0; i < start.Length; i++)
        {
            start[i] = Stays(i / Outputs, i % Outputs) ? 0 : 0.5;
        }

        var targets = Targets(1);
        var system = new RidgeSystem(
            new ProductKernel(1), features, Count, centred, Affine.Of(start, Inputs, Outputs).Weights, Outputs, keepsZeros: true);
        var layer = system.Solve(system.Factor(1e-9)!, system.Towards(targets));
        var weights = layer.Unpadded(Inputs);
        for (var output = 0; output < Outputs; output++)
        {
            int[] own = [.. Enumerable.Range(0, Inputs).Where(input => !Stays(input, output))];
            var part = new Rows([.. Enumerable.Range(0, Count).SelectMany(row => own.Select(input => features[row][input]))], Count, own.Length);
            var alone = new RidgeSystem(
                new ProductKernel(1), part, Count, centred, Affine.Of([.. own.Select(_ => 0.5)], own.Length, 1).Weights, 1);
            var expected = alone.Solve(alone.Factor(1e-9)!, alone.Towards([.. Enumerable.Range(0, Count).Select(row => targets[(row * Outputs) + output])]));
            for (var input = 0; input < Inputs; input++)
            {
                var at = Array.IndexOf(own, input);
                Assert.Equal(at < 0 ? 0 : expected.Unpadded(own.Length)[at], weights[(input * Outputs) + output], at < 0 ? 0 : 1e-5);
            }

            Assert.Equal(expected.Intercept[0], layer.Intercept[output], 1e-5);
        }
    }

    [Fact]
    public void Constant_features_cannot_be_factorised()
    {
        var constant = new Rows([.. Enumerable.Repeat(1f, Count * Inputs)], Count, Inputs);
        var start = Affine.Of(new double[Inputs * Outputs], Inputs, Outputs);

        Assert.Null(new RidgeSystem(new ProductKernel(1), constant, Count, true, start.Weights, Outputs).Factor(0.1));
    }

    [Theory]
    [InlineData(1e2f)]
    [InlineData(1e4f)]
    [InlineData(1e6f)]
    public void Features_that_are_constant_but_for_rounding_cannot_be_factorised(float size)
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var random = new SplitMix(seed, "constants");
            float[] row = [.. Enumerable.Range(0, Inputs).Select(_ => size * (1 + random.NextSingle()))];
            var constant = new Rows([.. Enumerable.Repeat(row, Count).SelectMany(values => values)], Count, Inputs);

            Assert.Null(System(constant).Factor(1e-4));
        }
    }

    [Theory]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NaN)]
    public void Features_that_overflow_cannot_be_factorised(float value)
    {
        var damaged = features with { Data = [.. features.Data] };
        damaged[7][3] = value;

        Assert.Null(System(damaged).Factor(0.1));
    }

    [Fact]
    public void A_system_that_is_not_positive_definite_cannot_be_factorised() =>
        Assert.Null(System(features).Factor(-10));

    [Fact]
    public void Rows_past_the_count_do_not_matter()
    {
        var targets = Targets(1);
        var start = Affine.Of(new double[Inputs * Outputs], Inputs, Outputs);
        var fewer = new Rows(features.Data[..(200 * Inputs)], 200, Inputs);

        var one = new RidgeSystem(new ProductKernel(1), features, 200, true, start.Weights, Outputs);
        var other = new RidgeSystem(new ProductKernel(1), fewer, 200, true, start.Weights, Outputs);

        Assert.Equal(one.Solve(one.Factor(0.1)!, one.Towards(targets)).Weights, other.Solve(other.Factor(0.1)!, other.Towards(targets)).Weights);
    }

    private static RidgeSystem System(Rows features) =>
        new(new ProductKernel(1), features, Count, true, Affine.Of(new double[Inputs * Outputs], Inputs, Outputs).Weights, Outputs);

    private Affine Solve(double ridge, bool centred, float[] targets, double start = 0)
    {
        var from = Affine.Of([.. Enumerable.Repeat(start, Inputs * Outputs)], Inputs, Outputs);
        var system = new RidgeSystem(new ProductKernel(1), features, Count, centred, from.Weights, Outputs);
        return system.Solve(system.Factor(ridge)!, system.Towards(targets));
    }

    private float[] Targets(float intercept)
    {
        var targets = new float[Count * Outputs];
        for (var row = 0; row < Count; row++)
        {
            for (var o = 0; o < Outputs; o++)
            {
                var sum = 0.0;
                for (var k = 0; k < Inputs; k++)
                {
                    sum += features[row][k] * truth[(k * Outputs) + o];
                }

                targets[(row * Outputs) + o] = (float)(sum + intercept);
            }
        }

        return targets;
    }

    private static Rows Numbers(string stream, int count, int columns)
    {
        var random = new SplitMix(1, stream);
        return new Rows([.. Enumerable.Range(0, count * columns).Select(_ => random.NextSingle() - 0.5f)], count, columns);
    }
}
