using System.Collections.Immutable;
using ModelSlim.Training.Modules;
using static TorchSharp.torch;

namespace ModelSlim.Training.FineTuning;

/// <summary>Keeps weights zero that are zero when training begins.</summary>
internal sealed class WeightMasks : TrainingHook, IDisposable
{
    private readonly ImmutableArray<(string Name, Tensor Mask)> masks;

    /// <summary>Notes the zeros.</summary>
    /// <param name="module">The model before its first step.</param>
    /// <param name="names">The parameters in which zeros stay.</param>
    public WeightMasks(GraphModule module, IEnumerable<string> names)
    {
        using var still = no_grad();
        masks = [.. names.Where(module.Parameters.ContainsKey).Select(name => (name, Noted(module.Parameters[name])))];
    }

    /// <inheritdoc/>
    public override void AfterStep(GraphModule student, TrainingMoment moment)
    {
        foreach (var (name, mask) in masks)
        {
            student.Parameters[name].mul_(mask);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (_, mask) in masks)
        {
            mask.Dispose();
        }
    }

    private static Tensor Noted(Tensor weight)
    {
        using var scope = NewDisposeScope();
        return weight.ne(0).to(weight.dtype).DetachFromDisposeScope();
    }
}
