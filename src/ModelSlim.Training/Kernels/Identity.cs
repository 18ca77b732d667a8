using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>ONNX Identity (opset 1, 13, 14, 16).</summary>
public sealed class Identity : Kernel
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["Identity"];

    /// <inheritdoc/>
    public override bool Passes(int input) => input == 0;

    /// <inheritdoc/>
    public override Tensor Run(KernelCall call) => call.Input(0).alias();
}
