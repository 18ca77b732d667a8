using System.Collections.Immutable;

namespace ModelSlim.Evaluation.Repair;

/// <summary>
/// Fits one layer by ridge regression towards the weights it has; the ridge is chosen on the rows held back. A clipping
/// activation behind the layer is then taken into account by majorization: where the original is cut off, anything that is cut
/// off too is right (after Zhang et al. 2016, "Accelerating very deep convolutional networks for classification and detection",
/// section 3.2).
/// </summary>
internal sealed class LayerFit
{
    private const int Rounds = 5;
    private const double Exact = 1e-10;
    private static readonly ImmutableArray<double> Ridges = [1e-4, 1e-3, 1e-2, 1e-1, 1];

    // Each try of a wide layer takes seconds, and its few rows need a firm ridge.
    private const int WideColumns = 1200;
    private static readonly ImmutableArray<double> WideRidges = [1e-2, 1e-1];

    // Where zeros stay, every output has a system of its own to factorise, for each ridge and round.
    private const int MaskedColumns = 400;
    private const int MaskedRounds = 2;
    private static readonly ImmutableArray<double> MaskedRidges = [1e-2];

    private readonly ProductKernel kernel;

    /// <summary>Makes a fit.</summary>
    public LayerFit(ProductKernel kernel)
    {
        this.kernel = kernel;
    }

    /// <summary>Solves a layer. Where nothing is better on the rows held back, the weights stay as they are.</summary>
    public LayerSolution Solve(LayerProblem problem)
    {
        var judge = new LayerJudge(kernel, problem);
        var start = Affine.Of(problem.Weights, problem.Features.Columns, problem.Outputs);
        var before = judge.HeldBackError(start);
        if (problem.FittedRows == 0 || before <= Exact * judge.HeldBackEnergy())
        {
            return new LayerSolution(problem.Weights, start.Intercept, before, before);
        }

        var system = new RidgeSystem(
            kernel, problem.Features, problem.FittedRows, problem.HasIntercept, start.Weights, problem.Outputs, problem.KeepsZeros);
        var right = system.Towards(LinearTargets(problem));
        var best = (Layer: start, Error: before);
        double[]? factor = null;
        Try(system.Centre(right), null);
        foreach (var ridge in RidgesOf(problem))
        {
            if (system.Factor(ridge) is { } trial)
            {
                Try(system.Solve(trial, right), trial);
            }
        }

        for (var round = 0; factor is not null && !problem.Activation.IsNone && round < (problem.KeepsZeros ? MaskedRounds : Rounds); round++)
        {
            var layer = system.Solve(factor, system.Towards(ClippedTargets(problem, judge, best.Layer)));
            var error = judge.HeldBackError(layer);
            if (error >= best.Error)
            {
                break;
            }

            best = (layer, error);
        }

        return new LayerSolution(best.Layer.Unpadded(problem.Features.Columns), best.Layer.Intercept, before, best.Error);

        void Try(Affine layer, double[]? with)
        {
            var error = judge.HeldBackError(layer);
            if (error < best.Error)
            {
                best = (layer, error);
                factor = with;
            }
        }
    }

    private static ImmutableArray<double> RidgesOf(LayerProblem problem) =>
        problem.KeepsZeros && problem.Features.Columns > MaskedColumns ? MaskedRidges
        : problem.Features.Columns > WideColumns ? WideRidges
        : Ridges;

    private static float[] LinearTargets(LayerProblem problem)
    {
        var targets = new float[problem.FittedRows * problem.Outputs];
        for (var row = 0; row < problem.FittedRows; row++)
        {
            var goal = problem.Goal[row];
            for (var o = 0; o < goal.Length; o++)
            {
                targets[(row * goal.Length) + o] = problem.Target(row, o, goal[o]);
            }
        }

        return targets;
    }

    private static float[] ClippedTargets(LayerProblem problem, LayerJudge judge, Affine layer)
    {
        var targets = new float[problem.FittedRows * problem.Outputs];
        var (lower, upper) = (problem.Activation.Lower, problem.Activation.Upper);
        judge.Visit(layer, 0, problem.FittedRows, (row, reached) =>
        {
            var goal = problem.Goal[row];
            for (var o = 0; o < goal.Length; o++)
            {
                var wish = goal[o] <= lower ? Math.Min(reached[o], lower)
                    : goal[o] >= upper ? Math.Max(reached[o], upper)
                    : goal[o];
                targets[(row * goal.Length) + o] = problem.Target(row, o, wish);
            }
        });
        return targets;
    }
}
