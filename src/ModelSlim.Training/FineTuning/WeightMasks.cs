using System.Collections.Immutable;
using ModelSlim.Training.Modules;
using static TorchSharp.torch;

namespace ModelSlim.Training.FineTuning;

/// <summary>Keeps weights zero that are zero when training begins, or since they were noted anew.</summary>
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

    /// <summary>1 where a weight may be other than zero.</summary>
    public IEnumerable<Tensor> Tensors => masks.Select(mask => mask.Mask);

    /// <summary>Notes the zeros of other numbers.</summary>
    /// <param name="numbers">The numbers of a parameter, by its name.</param>
    public void Renew(Func<string, float[]> numbers)
    {
        foreach (var (name, mask) in masks)
        {
            using var zeros = tensor(Array.ConvertAll(numbers(name), number => number == 0 ? 0f : 1f), dtype: mask.dtype);
            mask.copy_(zeros.reshape(mask.shape));
        }
    }

    /// <inheritdoc/>
    public override void BeforeStep(GraphModule student)
    {
        // Directions that are not there take no part in how far the others move.
        foreach (var (name, mask) in masks)
        {
            student.Parameters[name].grad?.mul_(mask);
        }
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
