using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>ONNX Clip: bounds as attributes (opset 6) or optional scalar inputs (opset 11, 12, 13).</summary>
public sealed class Clip : Kernel
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["Clip"];

    /// <inheritdoc/>
    public override Tensor Run(KernelCall call)
    {
        var low = Bound(call, 1, "min", double.NegativeInfinity);
        var high = Bound(call, 2, "max", double.PositiveInfinity);
        var value = call.Input(0);
        if (double.IsFinite(low) && double.IsFinite(high) && low < high)
        {
            // The same values at half the cost of clamp; the gradient is 0 at the bounds themselves. In place, since the other
            // form of TorchSharp 0.107.0 returns its input.
            return (call.MayOverwrite ? value : value.clone()).hardtanh_(low, high).alias();
        }

        return value.clamp(low, high);
    }

    private static double Bound(KernelCall call, int input, string attribute, double otherwise)
    {
        if (call.Optional(input) is not { } tensor)
        {
            return call.Node.Attributes.ContainsKey(attribute) ? call.Node.GetFloat(attribute, 0) : otherwise;
        }

        using var scalar = tensor.to(ScalarType.Float64);
        return scalar.item<double>();
    }
}
