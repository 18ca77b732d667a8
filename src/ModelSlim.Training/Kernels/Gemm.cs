using ModelSlim.Core.Tensors;
using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>ONNX Gemm (opset 6, 7, 9, 11, 13): alpha * A' * B' + beta * C, where C broadcasts to [M, N].</summary>
public sealed class Gemm : Kernel
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["Gemm"];

    /// <inheritdoc/>
    public override bool OutputIsFree => true;

    /// <inheritdoc/>
    public override InputRole Role(int input, TensorData? constant) => InputRole.Weight;

    /// <inheritdoc/>
    public override Tensor Run(KernelCall call) => Multiply(call);

    /// <summary>Runs a node with the inputs and attributes of Gemm.</summary>
    internal static Tensor Multiply(KernelCall call)
    {
        var node = call.Node;
        var left = node.GetInt("transA", 0) == 0 ? call.Input(0) : call.Input(0).t();
        var right = node.GetInt("transB", 0) == 0 ? call.Input(1) : call.Input(1).t();
        var (alpha, beta) = (node.GetFloat("alpha", 1), node.GetFloat("beta", 1));
        var product = RowProduct.Of(left, right);
        product = alpha == 1 ? product : product.mul(alpha);
        return call.Optional(2) is { } addend ? product.add(addend, alpha: beta) : product;
    }
}
