using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>ONNX CenterCropPad (opset 18): axes are cut, or padded with zeros, on both sides to the stated sizes.</summary>
public sealed class CenterCropPad : Kernel
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["CenterCropPad"];

    /// <inheritdoc/>
    public override Tensor Run(KernelCall call)
    {
        var result = call.Input(0).alias();
        var rank = (int)result.dim();
        var sizes = call.Integers(1, "shape")!;
        var axes = call.Node.GetInts("axes") is { IsDefault: false } stated ? [.. stated] : Enumerable.Range(0, rank).Select(a => (long)a).ToArray();
        for (var place = 0; place < sizes.Length; place++)
        {
            var axis = KernelCall.FromFront(axes[place], rank);
            var (extent, size) = (result.shape[axis], sizes[place]);
            if (size < extent)
            {
                result = result.narrow(axis, (extent - size) / 2, size);
            }
            else if (size > extent)
            {
                // torch lists the last axis first.
                var pads = new long[2 * (rank - axis)];
                pads[^2] = (size - extent) / 2;
                pads[^1] = size - extent - pads[^2];
                result = nn.functional.pad(result, pads, TorchSharp.PaddingModes.Constant, 0);
            }
        }

        return result;
    }
}
