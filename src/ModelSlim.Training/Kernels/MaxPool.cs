using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>ONNX MaxPool (opset 1, 8, 10, 11, 12): X [N, C, 1 to 3 spatial axes]; padding never wins.</summary>
public sealed class MaxPool : Kernel
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["MaxPool"];

    /// <inheritdoc/>
    public override Tensor Run(KernelCall call)
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

        return kernel.Length switch
        {
            1 => nn.functional.max_pool1d(value, kernel[0], strides[0], padding[0], dilations[0]),
            2 => nn.functional.max_pool2d(value, kernel, strides, padding, dilations),
            3 => nn.functional.max_pool3d(value, kernel, strides, padding, dilations),
            var rank => throw new InvalidDataException($"{call.Node.Label} has {rank} spatial axes."),
        };
    }
}
