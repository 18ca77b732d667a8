using System.Collections.Immutable;
using ModelSlim.Core.Recipes;
using ModelSlim.Training.Checkpoints;
using ModelSlim.Training.Modules;
using static TorchSharp.torch;

namespace ModelSlim.Training.FineTuning;

/// <summary>
/// How steep the loss is along each weight, from the steps of its own training: a moving mean of squared slopes, the diagonal of the
/// empirical Fisher information but for a factor. Times the square of a weight it tells to second order how much the loss grows when
/// the weight goes (LeCun et al. 1990, "Optimal Brain Damage"; Theis et al. 2018), in one unit over all layers.
/// </summary>
internal sealed class WeightSlopes : IDisposable
{
    private const double Decay = 0.95;

    private readonly ImmutableArray<(string Name, Tensor Mean)> means;

    /// <summary>Starts at zero.</summary>
    /// <param name="module">The model in training.</param>
    /// <param name="names">Names of the weights; all are its parameters.</param>
    public WeightSlopes(GraphModule module, IEnumerable<string> names)
    {
        using var still = no_grad();
        means = [.. names.Select(name => (name, zeros_like(module.Parameters[name], requires_grad: false).DetachFromDisposeScope()))];
    }

    /// <summary>For a growth that goes by them; null where it does not, or where some of its weights are not trained, as those of a head that no loss is taken on.</summary>
    /// <param name="growth">The growth; null where nothing grows.</param>
    /// <param name="module">The model in training.</param>
    public static WeightSlopes? For(MaskGrowth? growth, GraphModule module) =>
        growth is { Criterion: Criterion.Fisher } && growth.Weights.All(weight => module.Parameters.ContainsKey(weight.Name))
            ? new WeightSlopes(module, growth.Weights.Select(weight => weight.Name))
            : null;

    /// <summary>Takes in the slopes that are at hand.</summary>
    /// <param name="module">The model in training.</param>
    public void Add(GraphModule module)
    {
        foreach (var (name, mean) in means)
        {
            mean.mul_(Decay);
            if (module.Parameters[name].grad is { } slope)
            {
                mean.add_(slope.square(), alpha: 1 - Decay);
            }
        }
    }

    /// <summary>
    /// By weight, for each of its numbers how steep the loss is along it; null where a weight has no slope at all, as one whose results
    /// are only compared: that says nothing of what the model would lose without it, and it must not go before all others.
    /// </summary>
    public IReadOnlyDictionary<string, float[]>? Steepness()
    {
        var roots = means.ToDictionary(
            entry => entry.Name, entry => Array.ConvertAll(entry.Mean.data<float>().ToArray(), MathF.Sqrt), StringComparer.Ordinal);
        return roots.Values.All(slopes => slopes.Any(slope => slope > 0)) ? roots : null;
    }

    /// <summary>Writes what it remembers.</summary>
    public void Save(StateWriter writer) => writer.WriteTensors(means.Select(entry => entry.Mean));

    /// <summary>Goes on from there.</summary>
    public void Load(StateReader reader) => reader.ReadTensors(means.Select(entry => entry.Mean));

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (_, mean) in means)
        {
            mean.Dispose();
        }
    }
}
