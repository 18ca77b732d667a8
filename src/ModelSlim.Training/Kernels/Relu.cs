using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>ONNX Relu (opset 6, 13, 14): max(0, x).</summary>
public sealed class Relu : Kernel
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["Relu"];

    /// <inheritdoc/>
    public override Tensor Run(KernelCall call) =>
        call.MayOverwrite ? call.Input(0).relu_().alias() : call.Input(0).relu();
}
