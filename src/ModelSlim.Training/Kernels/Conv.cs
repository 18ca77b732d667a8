using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;
using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>ONNX Conv (opset 1, 11): X [N, C, 1 to 3 spatial axes], W [M, C / group, kernel], B [M].</summary>
public sealed class Conv : Kernel
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["Conv"];

    /// <inheritdoc/>
    public override bool OutputIsFree => true;

    /// <inheritdoc/>
    public override InputRole Role(int input, TensorData? constant) => input is 1 or 2 ? InputRole.Weight : InputRole.Setting;

    /// <inheritdoc/>
    public override string? Refuse(Node node, int opset) =>
        node.GetInts("kernel_shape") is { IsDefault: false, Length: > 3 } ? "it has more than three spatial axes" : null;

    /// <inheritdoc/>
    public override Tensor Run(KernelCall call) => Convolve(call);

    /// <summary>Runs a node with the inputs and attributes of Conv.</summary>
    internal static Tensor Convolve(KernelCall call)
    {
        var (value, weight, bias) = (call.Input(0), call.Input(1), call.Optional(2));
        var window = SpatialWindow.Of(call.Node, weight.shape[2..], value.shape);
        var groups = call.Node.GetInt("group", 1);
        var (strides, dilations, padding) = (window.Strides, window.Dilations, window.Begin);
        var skips = SkipsPositions(window);
        if (skips || !window.IsSymmetric)
        {
            value = window.Pad(value, 0);
            padding = new long[padding.Length];
        }

        if (skips)
        {
            value = Thin(value, strides);
            strides = [.. strides.Select(_ => 1L)];
        }

        return padding.Length switch
        {
            1 => nn.functional.conv1d(value, weight, bias, strides[0], padding[0], dilations[0], groups),
            2 => nn.functional.conv2d(value, weight, bias, strides, padding, dilations, groups),
            3 => nn.functional.conv3d(value, weight, bias, strides, padding, dilations, groups),
            var rank => throw new InvalidDataException($"{call.Node.Label} has {rank} spatial axes."),
        };
    }

    // oneDNN writes past its buffers where such a convolution has fewer input channels than a vector has places
    // (uxlfoundation/oneDNN issue 6035), and is slower than this where it has more: so it gets the positions that count, one step apart.
    private static bool SkipsPositions(SpatialWindow window) =>
        window.Kernel.All(extent => extent == 1) && window.Strides.Any(stride => stride > 1);

    // Pooling with windows of one position: slices are no contiguous memory, and their gradient loses the memory order N, H, W, C.
    private static Tensor Thin(Tensor value, long[] strides)
    {
        long[] one = [.. strides.Select(_ => 1L)];
        return strides.Length switch
        {
            1 => nn.functional.avg_pool1d(value, one[0], strides[0]),
            2 => nn.functional.avg_pool2d(value, one, strides),
            _ => nn.functional.avg_pool3d(value, one, strides),
        };
    }
}
