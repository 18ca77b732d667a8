using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>ONNX HardSwish (opset 14; Howard et al. 2019): x * max(0, min(1, x / 6 + 1 / 2)).</summary>
public sealed class HardSwish : Kernel
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["HardSwish"];

    /// <inheritdoc/>
    public override Tensor Run(KernelCall call) => call.Input(0).hardswish();
}
