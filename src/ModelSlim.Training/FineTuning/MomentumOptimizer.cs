using ModelSlim.Core.Recipes;
using static TorchSharp.torch;

namespace ModelSlim.Training.FineTuning;

/// <summary>Stochastic gradient descent with momentum, plain or in Nesterov's form (Sutskever et al. 2013).</summary>
internal sealed class MomentumOptimizer : Optimizer
{
    private readonly OptimizerSpec.Sgd spec;
    private readonly Tensor[] velocities;

    /// <summary>Starts at rest.</summary>
    public MomentumOptimizer(IEnumerable<Tensor> parameters, OptimizerSpec.Sgd spec)
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
        if (spec.WeightDecay > 0 && parameter.dim() >= 2)
        {
            gradient.add_(parameter, alpha: spec.WeightDecay);
        }

        velocities[place].mul_(spec.Momentum).add_(gradient);
        if (spec.Nesterov)
        {
            parameter.add_(gradient, alpha: -rate).add_(velocities[place], alpha: -rate * spec.Momentum);
        }
        else
        {
            parameter.add_(velocities[place], alpha: -rate);
        }
    }
}
