using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>ONNX Pow (opset 7, 12, 13, 15): x^y; the result has the type of x, and y broadcasts to it.</summary>
public sealed class Power : Kernel
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["Pow"];

    /// <inheritdoc/>
    public override Tensor Run(KernelCall call)
    {
        var (value, exponent) = (call.Input(0), LegacyBroadcast.Aligned(call));
        if (exponent.numel() == 1 && exponent.dim() <= value.dim() && !exponent.requires_grad)
        {
            using var number = exponent.to(ScalarType.Float64);
            return Of(value, number.item<double>());
        }

        return value.pow(exponent.to(value.dtype));
    }

    /// <summary>A power of every element; the common ones by products and reciprocal roots, which are exact and portable.</summary>
    /// <param name="value">What is raised.</param>
    /// <param name="exponent">To which power.</param>
    internal static Tensor Of(Tensor value, double exponent) => exponent switch
    {
        1 => value.alias(),
        2 => value.mul(value),
        3 => value.mul(value).mul(value),
        0.5 => SquareRoot.Of(value),
        -0.5 => value.rsqrt(),
        -1 => value.reciprocal(),
        -2 => value.mul(value).reciprocal(),
        _ => value.pow(exponent),
    };
}
