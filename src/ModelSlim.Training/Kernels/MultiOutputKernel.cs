using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>A kernel of an operator whose outputs are computed together.</summary>
public abstract class MultiOutputKernel : Kernel
{
    /// <inheritdoc/>
    public override bool Computes(int output) => true;

    /// <inheritdoc/>
    public sealed override Tensor Run(KernelCall call) => RunAll(call)[0]!;

    /// <inheritdoc/>
    public abstract override IReadOnlyList<Tensor?> RunAll(KernelCall call);
}
