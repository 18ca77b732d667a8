using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;
using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>
/// ONNX DeformConv (opset 19, 22; Zhu et al. 2019): X [N, C, H, W] is read at the places of each window plus offsets
/// [N, 2 K s, oH, oW], with s = <c>offset_group</c> and K places in a window, times the mask [N, K s, oH, oW]; then W [M, C / group, kH, kW]
/// and B [M] as of a convolution.
/// </summary>
public sealed class DeformConv : Kernel
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["DeformConv"];

    /// <inheritdoc/>
    public override InputRole Role(int input, TensorData? constant) => input is 1 or 3 ? InputRole.Weight : InputRole.Setting;

    /// <inheritdoc/>
    public override string? Refuse(Node node, int opset) =>
        node.GetInts("kernel_shape") is { IsDefault: false, Length: not 2 } ? "it has other than two spatial axes" : null;

    /// <inheritdoc/>
    public override Tensor Run(KernelCall call)
    {
        var (value, weight, offsets) = (call.Input(0), call.Input(1), call.Input(2));
        var (samples, height, width) = (value.shape[0], offsets.shape[2], offsets.shape[3]);
        var sets = call.Node.GetInt("offset_group", 1);
        var groups = call.Node.GetInt("group", 1);
        var places = weight.shape[2] * weight.shape[3];

        // [N s, K, 2, oH, oW], down and to the right; then as grid_sample takes them: to the right and down, -1 to 1 for all pixels.
        var shifted = offsets.reshape(samples * sets, places, 2, height, width).add(Windows(call, height, width));
        var down = shifted.select(2, 0).mul(2).add(1).div(value.shape[2]).sub(1);
        var right = shifted.select(2, 1).mul(2).add(1).div(value.shape[3]).sub(1);
        var grid = stack([right, down], -1).reshape(samples * sets, places * height, width, 2);
        var read = nn.functional.grid_sample(
            value.reshape(samples * sets, -1, value.shape[2], value.shape[3]), grid, GridSampleMode.Bilinear, GridSamplePaddingMode.Zeros, false);
        if (call.Optional(4) is { } mask)
        {
            read = read.mul(mask.reshape(samples * sets, 1, places * height, width));
        }

        var sums = weight.reshape(1, groups, weight.shape[0] / groups, -1).matmul(read.reshape(samples, groups, -1, height * width))
            .reshape(samples, weight.shape[0], height, width);
        return call.Optional(3) is { } bias ? sums.add(bias.reshape(1, -1, 1, 1)) : sums;
    }

    // Where the windows read without offsets: [K, 2, oH, oW].
    private static Tensor Windows(KernelCall call, long height, long width)
    {
        var weight = call.Input(1);
        var window = SpatialWindow.Of(call.Node, weight.shape[2..], call.Input(0).shape);
        Tensor Line(int axis, long count)
        {
            var within = arange(weight.shape[axis + 2]).mul(window.Dilations[axis]).unsqueeze(1);
            return within.add(arange(count).mul(window.Strides[axis])).sub(window.Begin[axis]);
        }

        long[] all = [weight.shape[2], weight.shape[3], height, width];
        var down = Line(0, height).reshape(all[0], 1, height, 1).expand(all);
        var right = Line(1, width).reshape(1, all[1], 1, width).expand(all);
        return stack([down.reshape(-1, height, width), right.reshape(-1, height, width)], 1).to(call.Input(2).dtype);
    }
}
