using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>ONNX Where (opset 9, 16): X where the condition holds, else Y; all three broadcast.</summary>
public sealed class Where : Kernel
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["Where"];

    /// <inheritdoc/>
    public override Tensor Run(KernelCall call) => where(call.Input(0), call.Input(1), call.Input(2));
}
