using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>The Gaussian error linear unit (Hendrycks and Gimpel 2016): x times the normal distribution function of x.</summary>
internal static class GaussianError
{
    private const double RootOfHalf = 0.70710678118654752440;
    private const double RootOfTwoOverPi = 0.79788456080286535588;
    private const double Cubic = 0.044715;

    /// <summary>x / 2 * (1 + erf(x / 2^(1/2))).</summary>
    public static Tensor Exact(Tensor value) => value.mul(value.mul(RootOfHalf).erf().add(1)).mul(0.5);

    /// <summary>x / 2 * (1 + tanh((2 / pi)^(1/2) * (x + 0.044715 x^3))).</summary>
    public static Tensor Approximate(Tensor value)
    {
        var inner = value.mul(value.mul(value).mul(Cubic).add(1)).mul(RootOfTwoOverPi);
        return value.mul(inner.tanh().add(1)).mul(0.5);
    }
}
