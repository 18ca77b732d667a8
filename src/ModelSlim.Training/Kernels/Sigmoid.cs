using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>ONNX Sigmoid (opset 6, 13): 1 / (1 + exp(-x)).</summary>
public sealed class Sigmoid : Kernel
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["Sigmoid"];

    /// <inheritdoc/>
    public override Tensor Run(KernelCall call) => call.Input(0).sigmoid();
}
