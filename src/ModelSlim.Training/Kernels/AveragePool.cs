using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>
/// ONNX AveragePool (opset 1, 7, 10, 11, 19): X [N, C, 1 to 3 spatial axes]. Padding counts where
/// <c>count_include_pad</c> says so; what hangs over because sizes are rounded up never does.
/// </summary>
public sealed class AveragePool : Kernel
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["AveragePool"];

    /// <inheritdoc/>
    public override bool OutputIsFree => true;

    /// <inheritdoc/>
    public override Tensor Run(KernelCall call)
    {
        var value = call.Input(0);
        var window = SpatialWindow.Of(call.Node, [.. call.Node.GetInts("kernel_shape")], value.shape);
        var countPadding = call.Node.GetInt("count_include_pad", 0) != 0;
        var (kernel, strides, padding) = (window.Kernel, window.Strides, window.Begin);
        if (!window.IsSymmetric
            || window.Dilations.Any(step => step > 1)
            || padding.Where((amount, axis) => amount > kernel[axis] / 2).Any())
        {
            return SumsOverCounts(value, window, countPadding);
        }

        return kernel.Length switch
        {
            1 => nn.functional.avg_pool1d(value, kernel[0], strides[0], padding[0], false, countPadding),
            2 => nn.functional.avg_pool2d(value, kernel, strides, padding, false, countPadding),
            3 => nn.functional.avg_pool3d(value, kernel, strides, padding, false, countPadding),
            var rank => throw new InvalidDataException($"{call.Node.Label} has {rank} spatial axes."),
        };
    }

    // Every other form: sums of windows divided by the number of elements that count, both as convolutions with ones.
    private static Tensor SumsOverCounts(Tensor value, SpatialWindow window, bool countPadding)
    {
        var shape = value.shape;
        long[] planes = [shape[0] * shape[1], 1, .. shape[2..]];
        var counted = ones(planes.AsSpan()[2..].ToArray(), value.dtype).reshape([1, 1, .. shape[2..]]);
        counted = countPadding ? window.PadOverhang(window.Pad(counted, 1, overhang: false)) : window.Pad(counted, 0);
        var means = window.Sums(window.Pad(value.reshape(planes), 0)).div(window.Sums(counted));
        return means.reshape([shape[0], shape[1], .. means.shape[2..]]);
    }
}
