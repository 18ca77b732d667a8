using ModelSlim.Core.Recipes;
using static TorchSharp.torch;

namespace ModelSlim.Training.FineTuning;

/// <summary>
/// AdamW (Loshchilov and Hutter 2019). The step is m / (v + e^2)^(1/2), by the reciprocal square root; the paper adds e after
/// the root, which differs only where v is about e^2.
/// </summary>
internal sealed class AdamWOptimizer : Optimizer
{
    private readonly OptimizerSpec.AdamW spec;
    private readonly Tensor[] means;
    private readonly Tensor[] squares;

    /// <summary>Starts without moments.</summary>
    public AdamWOptimizer(IEnumerable<Tensor> parameters, OptimizerSpec.AdamW spec)
        : base(parameters)
    {
        this.spec = spec;
        means = ZerosLike(parameters);
        squares = ZerosLike(parameters);
    }

    /// <inheritdoc/>
    protected override IEnumerable<Tensor> Memory => means.Concat(squares);

    /// <inheritdoc/>
    protected override void Move(int place, Tensor parameter, Tensor gradient, double rate)
    {
        if (spec.WeightDecay > 0 && parameter.dim() >= 2)
        {
            parameter.mul_(1 - (rate * spec.WeightDecay));
        }

        means[place].mul_(spec.Beta1).add_(gradient, alpha: 1 - spec.Beta1);
        squares[place].mul_(spec.Beta2).add_(gradient * gradient, alpha: 1 - spec.Beta2);
        var scale = 1 / (1 - Math.Pow(spec.Beta2, StepNumber));
        var inverseRoot = (squares[place] * scale).add_(spec.Epsilon * spec.Epsilon).rsqrt_();
        parameter.add_(means[place] * inverseRoot, alpha: -rate / (1 - Math.Pow(spec.Beta1, StepNumber)));
    }
}
