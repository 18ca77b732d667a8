using System.Collections.Immutable;
using ModelSlim.Core.Graphs;
using ModelSlim.Training.Modules;
using static TorchSharp.torch;

namespace ModelSlim.Training.FineTuning;

/// <summary>Keeps weights zero that are zero when training begins, or since they were noted anew.</summary>
internal sealed class WeightMasks : TrainingHook, IDisposable
{
    private readonly ImmutableArray<(string Name, Tensor Mask)> masks;

    /// <summary>Notes the zeros.</summary>
    /// <param name="module">The model before its first step.</param>
    /// <param name="stored">The graph that it trains, which also stores weights that are not trained, as those of a head that no loss is taken on, or of a branch.</param>
    /// <param name="names">The weights in which zeros stay.</param>
    public WeightMasks(GraphModule module, Graph stored, IEnumerable<string> names)
    {
        using var still = no_grad();
        masks = [.. names.Where(name => module.Parameters.ContainsKey(name) || stored.Initializers.ContainsKey(name)).Select(name => (name, Noted(module, stored, name)))];
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

    /// <summary>Has an optimizer forget what it remembers of zeros.</summary>
    /// <param name="student">The model in training.</param>
    /// <param name="optimizer">What moves its parameters.</param>
    public void Forget(GraphModule student, Optimizer optimizer)
    {
        foreach (var (weight, mask) in Trained(student))
        {
            optimizer.Forget(weight, mask);
        }
    }

    /// <inheritdoc/>
    public override void BeforeStep(GraphModule student)
    {
        // Directions that are not there take no part in how far the others move.
        foreach (var (weight, mask) in Trained(student))
        {
            weight.grad?.mul_(mask);
        }
    }

    /// <inheritdoc/>
    public override void AfterStep(GraphModule student, TrainingMoment moment)
    {
        foreach (var (weight, mask) in Trained(student))
        {
            weight.mul_(mask);
        }
    }

    /// <summary>A graph that is to be written, with the zeros in what was not trained too.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="module">The model that was trained.</param>
    public Graph InUntrained(Graph graph, GraphModule module)
    {
        var open = StoredTensors.Out(graph);
        return StoredTensors.Back(
            open with
            {
                Initializers = open.Initializers.SetItems(
                    from entry in masks
                    where !module.Parameters.ContainsKey(entry.Name)
                    let stored = open.Initializers[entry.Name]
                    select KeyValuePair.Create(
                        entry.Name, stored.WithSingles([.. stored.ToSingles().Zip(entry.Mask.data<float>().ToArray(), (value, mask) => mask == 0 ? 0 : value)]))),
            },
            graph);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (_, mask) in masks)
        {
            mask.Dispose();
        }
    }

    private IEnumerable<(Tensor Weight, Tensor Mask)> Trained(GraphModule student) =>
        masks.Where(entry => student.Parameters.ContainsKey(entry.Name)).Select(entry => (student.Parameters[entry.Name], entry.Mask));

    private static Tensor Noted(GraphModule module, Graph stored, string name)
    {
        using var scope = NewDisposeScope();
        var weight = module.Parameters.GetValueOrDefault(name) is { } trained
            ? trained
            : tensor(stored.Initializers[name].ToSingles(), [.. stored.Initializers[name].Shape.Select(extent => (long)extent)]);
        return weight.ne(0).to(weight.dtype).DetachFromDisposeScope();
    }
}
