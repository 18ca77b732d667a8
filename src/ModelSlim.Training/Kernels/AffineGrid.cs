using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>
/// ONNX AffineGrid (opset 20): the places [N, D ..., axes], each from -1 to 1 and the last axis first, to which matrices
/// [N, axes, axes + 1] take the elements of a picture.
/// </summary>
public sealed class AffineGrid : Kernel
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["AffineGrid"];

    /// <inheritdoc/>
    public override Tensor Run(KernelCall call)
    {
        var matrices = call.Input(0);
        var extents = call.Integers(1, "size")![2..];
        var corners = call.Node.GetInt("align_corners", 0) != 0;
        var lines = extents.Select(extent => Line(extent, corners, matrices.dtype)).ToArray();
        Tensor[] places = [.. meshgrid(lines, "ij").Reverse()];
        var homogeneous = stack([.. places, ones_like(places[0])], -1).reshape(-1, extents.Length + 1);
        return homogeneous.matmul(matrices.transpose(1, 2)).reshape([matrices.shape[0], .. extents, extents.Length]);
    }

    // The middles of as many parts of -1 to 1, or from end to end.
    private static Tensor Line(long extent, bool corners, ScalarType type)
    {
        var steps = arange(extent).to(type);
        return corners && extent > 1 ? steps.mul(2.0 / (extent - 1)).sub(1)
            : corners ? zeros(extent, type)
            : steps.mul(2).add(1).div(extent).sub(1);
    }
}
