using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>
/// ONNX MaxUnpool (opset 9, 11): each element of X [N, C, spatial axes] goes to the place of Y, numbered over all of Y, that its second input
/// says; zeros elsewhere.
/// </summary>
public sealed class MaxUnpool : Kernel
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["MaxUnpool"];

    /// <inheritdoc/>
    public override Tensor Run(KernelCall call)
    {
        var (value, places) = (call.Input(0), call.Input(1));
        var rank = (int)value.dim() - 2;
        var kernel = SpatialWindow.Values(call.Node, "kernel_shape", rank, 1);
        var strides = SpatialWindow.Values(call.Node, "strides", rank, 1);
        var pads = SpatialWindow.Values(call.Node, "pads", 2 * rank, 0);
        long[] natural =
        [
            .. value.shape[..2],
            .. Enumerable.Range(0, rank).Select(axis =>
                ((value.shape[axis + 2] - 1) * strides[axis]) + kernel[axis] - pads[axis] - pads[axis + rank]),
        ];

        // The batch that may be stated is the file's.
        long[] shape = call.Optional(2) is null ? natural : [.. natural[..2], .. call.Integers(2, "output_shape")![2..]];
        return zeros([shape.Aggregate(1L, (count, extent) => count * extent)], value.dtype)
            .scatter(0, places.to(ScalarType.Int64).flatten(), value.flatten())
            .reshape(shape);
    }
}
