using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;
using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>ONNX Runtime's FusedMatMul, once TransposeMatMul: alpha * A' * B', where transA and transB swap the last two axes.</summary>
public sealed class FusedMatMul : Kernel
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["FusedMatMul", "TransposeMatMul"];

    /// <inheritdoc/>
    public override string Domain => "com.microsoft";

    /// <inheritdoc/>
    public override bool OutputIsFree => true;

    /// <inheritdoc/>
    public override InputRole Role(int input, TensorData? constant) => InputRole.Weight;

    /// <inheritdoc/>
    public override string? Refuse(Node node, int opset) =>
        node.GetInt("transBatchA", 0) != 0 || node.GetInt("transBatchB", 0) != 0 ? "it moves the batch axis of a matrix" : null;

    /// <inheritdoc/>
    public override Tensor Run(KernelCall call)
    {
        var product = RowProduct.Of(Turned(call.Input(0), call.Node.GetInt("transA", 0)), Turned(call.Input(1), call.Node.GetInt("transB", 0)));
        var alpha = call.Node.GetFloat("alpha", 1);
        return alpha == 1 ? product : product.mul(alpha);
    }

    private static Tensor Turned(Tensor value, long turn) => turn != 0 && value.dim() > 1 ? value.transpose(-1, -2) : value;
}
