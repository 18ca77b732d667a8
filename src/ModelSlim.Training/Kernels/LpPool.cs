using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>ONNX LpPool (opset 1, 2, 11, 18): the norm of order <c>p</c> (2) of each window of X [N, C, 1 to 3 spatial axes].</summary>
public sealed class LpPool : Kernel
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["LpPool"];

    /// <inheritdoc/>
    public override Tensor Run(KernelCall call)
    {
        var value = call.Input(0);
        var order = call.Node.GetInt("p", 2);
        var window = SpatialWindow.Of(call.Node, [.. call.Node.GetInts("kernel_shape")], value.shape);
        var shape = value.shape;
        var powers = Power.Of(value.abs(), order).reshape([shape[0] * shape[1], 1, .. shape[2..]]);
        var sums = window.Sums(window.Pad(powers, 0));
        return Power.Of(sums, 1.0 / order).reshape([shape[0], shape[1], .. sums.shape[2..]]);
    }
}
