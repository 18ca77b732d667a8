using ModelSlim.Core.Tensors;
using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>ONNX MatMul (opset 1, 9, 13): as NumPy's matmul.</summary>
public sealed class MatMul : Kernel
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["MatMul"];

    /// <inheritdoc/>
    public override bool OutputIsFree => true;

    /// <inheritdoc/>
    public override InputRole Role(int input, TensorData? constant) => InputRole.Weight;

    /// <inheritdoc/>
    public override Tensor Run(KernelCall call) => RowProduct.Of(call.Input(0), call.Input(1));
}
