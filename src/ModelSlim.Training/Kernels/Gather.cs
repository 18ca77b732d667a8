using ModelSlim.Core.Tensors;
using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>
/// ONNX Gather (opset 1, 11, 13): the entries of <c>axis</c> (0) that the indices name; the axes of the indices take its place.
/// A constant table of two axes and more is an embedding, and is trained.
/// </summary>
public sealed class Gather : Kernel
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["Gather"];

    /// <inheritdoc/>
    public override InputRole Role(int input, TensorData? constant) =>
        input == 0 && constant is { Shape.Length: > 1 } ? InputRole.Weight : InputRole.Setting;

    /// <inheritdoc/>
    public override Tensor Run(KernelCall call)
    {
        var (value, indices) = (call.Input(0), call.Input(1));
        var axis = call.Axis("axis", 0, value.dim());
        var taken = value.index_select(axis, FromFront(indices, value.shape[axis]).flatten());
        return taken.reshape([.. value.shape[..axis], .. indices.shape, .. value.shape[(axis + 1)..]]);
    }

    /// <summary>Indices counted from the front, where they may be counted from the end.</summary>
    internal static Tensor FromFront(Tensor indices, long extent)
    {
        var whole = indices.to(ScalarType.Int64);
        return whole.add(whole.lt(0).to(ScalarType.Int64).mul(extent));
    }
}
