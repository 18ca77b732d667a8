using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;
using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>
/// ONNX ConvTranspose (opset 1, 11): X [N, C, 1 to 3 spatial axes], W [C, M / group, kernel], B [M]. Padding is what is cut off
/// the full result on either side, stated by <c>pads</c>, by <c>auto_pad</c> or by <c>output_shape</c>.
/// </summary>
public sealed class ConvTranspose : Kernel
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["ConvTranspose"];

    /// <inheritdoc/>
    public override InputRole Role(int input, TensorData? constant) => input is 1 or 2 ? InputRole.Weight : InputRole.Setting;

    /// <inheritdoc/>
    public override string? Refuse(Node node, int opset) =>
        node.GetInts("kernel_shape") is { IsDefault: false, Length: > 3 } ? "it has more than three spatial axes" : null;

    /// <inheritdoc/>
    public override Tensor Run(KernelCall call)
    {
        var (value, weight, bias) = (call.Input(0), call.Input(1), call.Optional(2));
        var (node, kernel) = (call.Node, weight.shape[2..]);
        var strides = SpatialWindow.Values(node, "strides", kernel.Length, 1);
        var dilations = SpatialWindow.Values(node, "dilations", kernel.Length, 1);
        var groups = node.GetInt("group", 1);
        var result = kernel.Length switch
        {
            1 => nn.functional.conv_transpose1d(value, weight, bias, strides[0], 0, 0, dilations[0], groups),
            2 => nn.functional.conv_transpose2d(value, weight, bias, strides, null, null, dilations, groups),
            3 => nn.functional.conv_transpose3d(value, weight, bias, strides, null, null, dilations, groups),
            var rank => throw new InvalidDataException($"{node.Label} has {rank} spatial axes."),
        };
        for (var axis = 0; axis < kernel.Length; axis++)
        {
            var (begin, extent) = Kept(node, axis, kernel.Length, value.shape[axis + 2], result.shape[axis + 2], strides[axis]);
            result = Crop(result, bias, axis + 2, begin, extent);
        }

        return result;
    }

    // First position and number of positions of the full result that the node gives.
    private static (long Begin, long Extent) Kept(Node node, int axis, int rank, long input, long full, long stride)
    {
        var extra = SpatialWindow.Values(node, "output_padding", rank, 0)[axis];
        var autoPad = node.GetText("auto_pad", "NOTSET");
        var stated = node.GetInts("output_shape");
        if (stated.IsDefaultOrEmpty && autoPad is not ("SAME_UPPER" or "SAME_LOWER"))
        {
            var pads = autoPad == "VALID" ? new long[2 * rank] : SpatialWindow.Values(node, "pads", 2 * rank, 0);
            return (pads[axis], full + extra - pads[axis] - pads[axis + rank]);
        }

        var wanted = stated.IsDefaultOrEmpty ? input * stride : stated[stated.Length - rank + axis];
        var total = Math.Max(0, full + extra - wanted);
        return (autoPad == "SAME_UPPER" ? total / 2 : total - (total / 2), wanted);
    }

    // Positions past the full result, which output_padding asks for, hold the bias alone.
    private static Tensor Crop(Tensor value, Tensor? bias, int axis, long begin, long extent)
    {
        var own = Math.Min(extent, value.shape[axis] - begin);
        var kept = own == value.shape[axis] ? value : value.narrow(axis, begin, own);
        if (own == extent)
        {
            return kept;
        }

        long[] shape = [.. kept.shape[..axis], extent - own, .. kept.shape[(axis + 1)..]];
        var rest = bias is null
            ? zeros(shape, value.dtype)
            : bias.reshape([1, -1, .. Enumerable.Repeat(1L, shape.Length - 2)]).expand(shape);
        return cat([kept, rest], axis);
    }
}
