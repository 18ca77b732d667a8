using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>ONNX CumSum (opset 11, 14): running sums along an axis, from its end with <c>reverse</c>, without the element itself with <c>exclusive</c>.</summary>
public sealed class CumSum : Kernel
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["CumSum"];

    /// <inheritdoc/>
    public override Tensor Run(KernelCall call)
    {
        var value = call.Input(0);
        var axis = KernelCall.FromFront((long)call.Number(1)!.Value, value.dim());
        var reverse = call.Node.GetInt("reverse", 0) != 0;
        var ordered = reverse ? value.flip(axis) : value;
        var sums = ordered.cumsum(axis);
        if (call.Node.GetInt("exclusive", 0) != 0)
        {
            sums = cat([zeros_like(ordered.narrow(axis, 0, 1)), sums.narrow(axis, 0, value.shape[axis] - 1)], axis);
        }

        return reverse ? sums.flip(axis) : sums;
    }
}
