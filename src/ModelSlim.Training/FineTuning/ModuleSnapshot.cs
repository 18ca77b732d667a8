using ModelSlim.Training.Modules;
using static TorchSharp.torch;

namespace ModelSlim.Training.FineTuning;

/// <summary>A second set of a module's parameters and statistics.</summary>
internal sealed class ModuleSnapshot : IDisposable
{
    private readonly Tensor[] live;

    /// <summary>Copies what the module has now.</summary>
    /// <param name="module">The module, which must outlive this.</param>
    public ModuleSnapshot(GraphModule module)
    {
        using var still = no_grad();
        live = [.. module.Parameters.Values, .. module.Statistics.Values];
        Tensors = [.. live.Select(tensor => tensor.clone().DetachFromDisposeScope())];
    }

    /// <summary>The copies: parameters by name, then statistics by name. The snapshot owns them.</summary>
    public IReadOnlyList<Tensor> Tensors { get; }

    /// <summary>Copies from the module again.</summary>
    public void Take() => ForEach((own, tensor) => own.copy_(tensor));

    /// <summary>Copies back into the module.</summary>
    public void Restore() => ForEach((own, tensor) => tensor.copy_(own));

    /// <summary>Exchanges the two.</summary>
    public void Swap() => ForEach((own, tensor) =>
    {
        var kept = tensor.clone();
        tensor.copy_(own);
        own.copy_(kept);
    });

    /// <summary>Moves the copies towards the module.</summary>
    /// <param name="part">Which part of the way, 0 to 1.</param>
    public void Approach(double part) => ForEach((own, tensor) => own.mul_(1 - part).add_(tensor, alpha: part));

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var tensor in Tensors)
        {
            tensor.Dispose();
        }
    }

    private void ForEach(Action<Tensor, Tensor> action)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        for (var i = 0; i < live.Length; i++)
        {
            action(Tensors[i], live[i]);
        }
    }
}
