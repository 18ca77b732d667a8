using ModelSlim.Core.Data;
using ModelSlim.Evaluation.Repair;

namespace ModelSlim.Evaluation.Tests.Repair;

public sealed class LayerFitTests
{
    private const int Count = 400;
    private const int Fitted = 300;

    private static readonly Bounds Relu = new(0, float.PositiveInfinity);

    private readonly LayerFit fit = new(new ProductKernel(1));

    [Fact]
    public void Weights_that_are_right_stay_as_they_are()
    {
        var problem = Linear(start: 2, noise: 0);

        var solution = fit.Solve(problem);

        Assert.Equal(problem.Weights, solution.Weights);
        Assert.Equal([0.0], solution.Intercept);
    }

    [Fact]
    public void Weights_that_are_wrong_get_right()
    {
        var solution = fit.Solve(Linear(start: 1, noise: 0));

        Assert.True(solution.ErrorAfter < 1e-4 * solution.ErrorBefore, $"{solution}");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Error_on_the_rows_held_back_never_grows(long seed)
    {
        // Few rows and much noise: an unguarded fit would follow the noise.
        var solution = fit.Solve(Linear(start: 2, noise: 5, seed) with { FittedRows = 4 });

        Assert.True(solution.ErrorAfter <= solution.ErrorBefore, $"{solution}");
    }

    [Fact]
    public void Scale_shift_and_what_is_beside_are_undone()
    {
        var problem = Linear(start: 1, noise: 0);
        var beside = Numbers("beside", Count, 1);
        var goal = Rows.Of(Count, 1);
        for (var row = 0; row < Count; row++)
        {
            goal[row][0] = (3 * problem.Goal[row][0]) + 7 + beside[row][0];
        }

        var solution = fit.Solve(problem with { Goal = goal, Beside = beside, Scale = [3], Shift = [7] });

        Assert.Equal([2.0, 2.0], solution.Weights, (e, a) => Math.Abs(e - a) < 1e-2);
    }

    [Fact]
    public void Knowing_the_activation_helps()
    {
        // What lies below 0 is of no use behind Relu, but a linear fit spends its weights on it.
        var problem = Linear(start: 0, noise: 0);
        var goal = Rows.Of(Count, 1);
        for (var row = 0; row < Count; row++)
        {
            var x = problem.Features[row];
            goal[row][0] = x[0] > 0 ? x[0] : 20 * x[0] * x[1];
        }

        problem = problem with { Goal = goal };
        var linear = fit.Solve(problem);
        var clipped = fit.Solve(problem with { Activation = Relu });

        var linearBehindRelu = new LayerJudge(new ProductKernel(1), problem with { Activation = Relu })
            .HeldBackError(Affine.Of(linear.Weights, 2, 1) with { Intercept = linear.Intercept });
        Assert.True(clipped.ErrorAfter < 0.9 * linearBehindRelu, $"{clipped.ErrorAfter} {linearBehindRelu}");
    }

    // Goal 2 x0 + 2 x1 and noise, from weights that are all the same.
    private static LayerProblem Linear(double start, float noise, long seed = 1)
    {
        var features = Numbers("x", Count, 2, seed);
        var errors = Numbers("noise", Count, 1, seed);
        var goal = Rows.Of(Count, 1);
        for (var row = 0; row < Count; row++)
        {
            goal[row][0] = (2 * features[row][0]) + (2 * features[row][1]) + (noise * errors[row][0]);
        }

        return new LayerProblem
        {
            Features = features,
            Goal = goal,
            Scale = [1],
            Shift = [0],
            Activation = Bounds.None,
            Weights = [start, start],
            HasIntercept = true,
            FittedRows = Fitted,
        };
    }

    private static Rows Numbers(string stream, int count, int columns, long seed = 1)
    {
        var random = new SplitMix(seed, stream);
        return new Rows([.. Enumerable.Range(0, count * columns).Select(_ => random.NextSingle() - 0.5f)], count, columns);
    }
}
