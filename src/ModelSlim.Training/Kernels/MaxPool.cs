using ModelSlim.Core.Graphs;
using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>
/// ONNX MaxPool (opset 1, 8, 10, 11, 12): X [N, C, 1 to 3 spatial axes]; padding never wins. The second output numbers the places of the
/// largest elements over all of X.
/// </summary>
public sealed class MaxPool : MultiOutputKernel
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["MaxPool"];

    /// <inheritdoc/>
    public override string? Refuse(Node node, int opset) =>
        node.Outputs.Length > 1 && node.Outputs[1].Length > 0 && node.GetInt("storage_order", 0) != 0 ? "it numbers places by columns" : null;

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor?> RunAll(KernelCall call)
    {
        var value = call.Input(0);
        var window = SpatialWindow.Of(call.Node, [.. call.Node.GetInts("kernel_shape")], value.shape);
        var (kernel, strides, dilations, padding) = (window.Kernel, window.Strides, window.Dilations, window.Begin);

        // torch pads at most half a window.
        if (!window.IsSymmetric || padding.Where((amount, axis) => amount > kernel[axis] / 2).Any())
        {
            value = window.Pad(value, double.NegativeInfinity);
            padding = new long[padding.Length];
        }

        if (call.Node.Outputs.Length > 1 && call.Node.Outputs[1].Length > 0)
        {
            var (largest, places) = kernel.Length switch
            {
                1 => nn.functional.max_pool1d_with_indices(value, kernel[0], strides[0], padding[0], dilations[0]),
                2 => nn.functional.max_pool2d_with_indices(value, kernel, strides, padding, dilations),
                _ => nn.functional.max_pool3d_with_indices(value, kernel, strides, padding, dilations),
            };
            return [largest, Numbered(places, value.shape, call.Input(0).shape, window)];
        }

        return
        [
            kernel.Length switch
            {
                1 => nn.functional.max_pool1d(value, kernel[0], strides[0], padding[0], dilations[0]),
                2 => nn.functional.max_pool2d(value, kernel, strides, padding, dilations),
                3 => nn.functional.max_pool3d(value, kernel, strides, padding, dilations),
                var rank => throw new InvalidDataException($"{call.Node.Label} has {rank} spatial axes."),
            },
        ];
    }

    // torch numbers the places of each plane, as it was padded beforehand.
    private static Tensor Numbered(Tensor places, long[] padded, long[] shape, SpatialWindow window)
    {
        var (rest, position, step) = (places, zeros_like(places), 1L);
        for (var axis = shape.Length - 1; axis > 1; axis--)
        {
            var before = padded[axis] == shape[axis] ? 0 : window.Begin[axis - 2];
            position = position.add(rest.remainder(padded[axis]).sub(before).mul(step));
            rest = rest.div(padded[axis], RoundingMode.floor);
            step *= shape[axis];
        }

        var planes = arange(shape[0] * shape[1]).mul(step).reshape([shape[0], shape[1], .. Enumerable.Repeat(1L, shape.Length - 2)]);
        return position.add(planes);
    }
}
