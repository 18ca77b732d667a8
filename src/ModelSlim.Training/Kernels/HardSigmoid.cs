using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>ONNX HardSigmoid (opset 6): max(0, min(1, alpha * x + beta)).</summary>
public sealed class HardSigmoid : Kernel
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["HardSigmoid"];

    /// <inheritdoc/>
    public override Tensor Run(KernelCall call)
    {
        var line = call.Input(0).mul(call.Node.GetFloat("alpha", 0.2f));
        return line.add_(call.Node.GetFloat("beta", 0.5f)).clamp_(0, 1).alias();
    }
}
