using System.Collections.Immutable;
using ModelSlim.Core.Recipes;
using ModelSlim.Training.Checkpoints;
using static TorchSharp.torch;

namespace ModelSlim.Training.FineTuning;

/// <summary>
/// Moves parameters along their gradients. Written out here, without the square root, whose bits depend on the CPU
/// (reciprocal square roots do not). Weights of rank 2 and more decay, biases and scales do not.
/// </summary>
internal abstract class Optimizer : IDisposable
{
    private readonly ImmutableArray<Tensor> parameters;
    private int steps;

    /// <summary>Starts.</summary>
    /// <param name="parameters">What to move; the caller owns it.</param>
    protected Optimizer(IEnumerable<Tensor> parameters)
    {
        this.parameters = [.. parameters];
    }

    /// <summary>The optimizer that a recipe asks for.</summary>
    public static Optimizer Of(OptimizerSpec spec, IEnumerable<Tensor> parameters) => spec switch
    {
        OptimizerSpec.Sgd sgd => new MomentumOptimizer(parameters, sgd),
        OptimizerSpec.AdamW adam => new AdamWOptimizer(parameters, adam),
        OptimizerSpec.Muon muon => new MuonOptimizer(parameters, muon),
        _ => throw new ArgumentException($"There is no optimizer for {spec.GetType().Name}.", nameof(spec)),
    };

    /// <summary>Takes a step and lets go of the gradients. Parameters without a gradient stay.</summary>
    /// <param name="rate">Learning rate of the step.</param>
    /// <param name="limit">
    /// Largest length of all gradients taken together; longer ones are shortened to it (Pascanu, Mikolov, Bengio 2013).
    /// </param>
    public void Step(double rate, double limit = double.PositiveInfinity)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        steps++;
        var factor = double.IsFinite(limit) ? limit / Math.Max(limit, Length()) : 1;
        for (var i = 0; i < parameters.Length; i++)
        {
            if (parameters[i].grad is { } gradient)
            {
                if (factor < 1)
                {
                    gradient.mul_(factor);
                }

                Move(i, parameters[i], gradient, rate);

                // Not zeros: so every step starts from the same state, the first one after a checkpoint too.
                parameters[i].grad = null;
            }
        }
    }

    /// <summary>
    /// Forgets what it remembers of numbers that are zero from now on: an orthogonal step is made of all of a momentum, and would carry
    /// the others along with it.
    /// </summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="kept">Of its shape: 1 where it goes on, 0 where it is forgotten.</param>
    public void Forget(Tensor parameter, Tensor kept)
    {
        using var still = no_grad();
        foreach (var (_, memory) in Memory.Index().Where(entry => ReferenceEquals(parameters[entry.Index % parameters.Length], parameter)))
        {
            memory.mul_(kept);
        }
    }

    /// <summary>Writes what it remembers of the steps it took.</summary>
    public void Save(StateWriter writer)
    {
        writer.Write(steps);
        writer.WriteTensors(Memory);
    }

    /// <summary>Goes on from there.</summary>
    public void Load(StateReader reader)
    {
        steps = reader.Read<int>();
        reader.ReadTensors(Memory);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var tensor in Memory)
        {
            tensor.Dispose();
        }
    }

    /// <summary>Number of the step that is being taken, from 1.</summary>
    protected int StepNumber => steps;

    /// <summary>All that it remembers from step to step, besides their number: once or more often a tensor for each parameter, in their order. It owns them.</summary>
    protected abstract IEnumerable<Tensor> Memory { get; }

    /// <summary>Moves a parameter.</summary>
    /// <param name="place">Its place among the parameters.</param>
    /// <param name="parameter">The parameter.</param>
    /// <param name="gradient">Its gradient, which may be overwritten.</param>
    /// <param name="rate">Learning rate of the step.</param>
    protected abstract void Move(int place, Tensor parameter, Tensor gradient, double rate);

    private double Length() => Math.Sqrt(parameters
        .Select(parameter => parameter.grad)
        .OfType<Tensor>()
        .Sum(gradient => gradient.square().sum(ScalarType.Float64).item<double>()));

    /// <summary>Zeros like each parameter, outside every dispose scope.</summary>
    protected static Tensor[] ZerosLike(IEnumerable<Tensor> parameters) =>
        [.. parameters.Select(parameter => zeros_like(parameter, requires_grad: false).DetachFromDisposeScope())];
}
