using ModelSlim.Core.Recipes;
using ModelSlim.Training.Kernels;
using static TorchSharp.torch;

namespace ModelSlim.Training.FineTuning;

/// <summary>
/// Muon (Jordan 2024): the momentum of a weight, seen as a matrix [rows, rest], is brought near the closest orthogonal matrix by
/// five Newton-Schulz steps, so that all its directions move alike. What is no matrix, which is biases, scales, and the filters of
/// depthwise convolutions, whose rows never meet, moves by momentum in Nesterov's form.
/// </summary>
internal sealed class MuonOptimizer : Optimizer
{
    private const int Iterations = 5;
    private const double Least = 1e-12;

    private readonly OptimizerSpec.Muon spec;
    private readonly Tensor[] velocities;

    /// <summary>Starts at rest.</summary>
    public MuonOptimizer(IEnumerable<Tensor> parameters, OptimizerSpec.Muon spec)
        : base(parameters)
    {
        this.spec = spec;
        velocities = ZerosLike(parameters);
    }

    /// <inheritdoc/>
    protected override IEnumerable<Tensor> Memory => velocities;

    /// <inheritdoc/>
    protected override void Move(int place, Tensor parameter, Tensor gradient, double rate)
    {
        var velocity = velocities[place].mul_(spec.Momentum).add_(gradient);
        gradient.add_(velocity, alpha: spec.Momentum);
        if (!IsMatrix(parameter))
        {
            parameter.add_(gradient, alpha: -rate * (spec.VectorLearningRate / spec.LearningRate));
            return;
        }

        if (spec.WeightDecay > 0)
        {
            parameter.mul_(1 - (rate * spec.WeightDecay));
        }

        var matrix = gradient.flatten(1);
        var tallness = Math.Max(1, (double)matrix.shape[0] / matrix.shape[1]);
        parameter.add_(Orthogonal(matrix).view_as(parameter), alpha: -rate * Math.Sqrt(tallness));
    }

    private static bool IsMatrix(Tensor parameter)
    {
        var shape = parameter.shape;
        return shape.Length > 1 && shape[1] > 1;
    }

    // The coefficients of Jordan (2024): singular values that are not next to 0 come to lie between about 0.7 and 1.2.
    private static Tensor Orthogonal(Tensor matrix)
    {
        var tall = matrix.shape[0] > matrix.shape[1];
        var x = tall ? matrix.t() : matrix;
        x = x * x.square().sum().clamp_min(Least).rsqrt();
        for (var i = 0; i < Iterations; i++)
        {
            var square = RowProduct.Of(x, x.t());
            x = (x * 3.4445) + RowProduct.Of((square * -4.7750) + (RowProduct.Of(square, square) * 2.0315), x);
        }

        return (tall ? x.t() : x).contiguous();
    }
}
