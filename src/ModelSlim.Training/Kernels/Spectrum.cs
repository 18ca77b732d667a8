using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>
/// ONNX DFT (opset 17 with attribute <c>axis</c>, 20 with an input): the discrete Fourier transform along one axis, or its inverse. The last
/// axis has one element for real numbers, two for complex ones.
/// </summary>
public sealed class Spectrum : Kernel
{
    private const int FirstWithAxisInput = 20;

    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["DFT"];

    /// <inheritdoc/>
    public override Tensor Run(KernelCall call)
    {
        var value = call.Input(0);
        var axis = call.Opset < FirstWithAxisInput ? call.Node.GetInt("axis", 1) : (long)(call.Number(2) ?? -2);
        axis = KernelCall.FromFront(axis, value.dim());
        var length = (long)(call.Number(1) ?? value.shape[axis]);
        var numbers = Complex(value);
        var transformed = call.Node.GetInt("inverse", 0) != 0 ? fft.ifft(numbers, length, axis) : fft.fft_(numbers, length, axis);
        if (call.Node.GetInt("onesided", 0) != 0)
        {
            transformed = transformed.narrow(axis, 0, (length / 2) + 1);
        }

        return Pairs(transformed);
    }

    /// <summary>Complex numbers of a value whose last axis holds them as one element or two.</summary>
    internal static Tensor Complex(Tensor value) => complex(
        value.select(-1, 0), value.shape[^1] == 1 ? zeros_like(value.select(-1, 0)) : value.select(-1, 1));

    /// <summary>Real and imaginary parts on a last axis.</summary>
    internal static Tensor Pairs(Tensor numbers) => stack([numbers.real, numbers.imag], -1);
}
