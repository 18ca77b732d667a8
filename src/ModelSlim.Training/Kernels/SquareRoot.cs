using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>
/// The square root by way of the reciprocal one, which gives the same bits on every CPU. Numbers below 1e-38, negative ones
/// too, count as 1e-38, so that the gradient at 0 is 0 rather than infinite.
/// </summary>
internal static class SquareRoot
{
    private const double Least = 1e-38;

    /// <summary>The roots of a tensor's elements.</summary>
    public static Tensor Of(Tensor value)
    {
        var positive = value.clamp_min(Least);
        return positive.mul(positive.rsqrt());
    }
}
