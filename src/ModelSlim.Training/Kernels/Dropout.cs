using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>
/// ONNX Dropout (opset 6, 7, 10, 12, 13) as an app runs it: the identity. It drops nothing while training either, since a slim
/// model that is tuned for a short time has no capacity to spare.
/// </summary>
public sealed class Dropout : Kernel
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["Dropout"];

    /// <inheritdoc/>
    public override bool Passes(int input) => input == 0;

    /// <inheritdoc/>
    public override Tensor Run(KernelCall call) => call.Input(0).alias();
}
