using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>ONNX LeakyRelu (opset 6, 16): x where it is not negative, else alpha * x.</summary>
public sealed class LeakyRelu : Kernel
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["LeakyRelu"];

    /// <inheritdoc/>
    public override Tensor Run(KernelCall call) => call.Input(0).leaky_relu(call.Node.GetFloat("alpha", 0.01f));
}
