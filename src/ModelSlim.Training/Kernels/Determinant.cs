using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>ONNX Det (opset 11): the determinant of the matrices that the last two axes hold.</summary>
public sealed class Determinant : Kernel
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["Det"];

    /// <inheritdoc/>
    public override Tensor Run(KernelCall call) => linalg.det(call.Input(0));
}
