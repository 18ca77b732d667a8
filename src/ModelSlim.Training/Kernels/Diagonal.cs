using ModelSlim.Core.Tensors;
using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>ONNX EyeLike (opset 9): ones on the k-th diagonal of a matrix of the input's shape.</summary>
public sealed class Diagonal : Kernel
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["EyeLike"];

    /// <inheritdoc/>
    public override Tensor Run(KernelCall call)
    {
        var value = call.Input(0);
        var type = call.Node.Attributes.ContainsKey("dtype")
            ? Cast.Of((ElementType)call.Node.GetInt("dtype", 1), call.Real)
            : value.dtype;
        var (rows, columns) = (arange(value.shape[0]).unsqueeze(1), arange(value.shape[1]));
        return columns.sub(rows).eq(call.Node.GetInt("k", 0)).to(type);
    }
}
