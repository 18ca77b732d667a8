using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>ONNX GlobalAveragePool (opset 1): X [N, C, ...] to Y [N, C, 1, ...].</summary>
public sealed class GlobalAveragePool : Kernel
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["GlobalAveragePool"];

    /// <inheritdoc/>
    public override bool OutputIsFree => true;

    /// <inheritdoc/>
    public override Tensor Run(KernelCall call)
    {
        var value = call.Input(0);
        long[] spatial = [.. Enumerable.Range(2, (int)value.dim() - 2).Select(axis => (long)axis)];
        return value.mean(spatial, keepdim: true);
    }
}
