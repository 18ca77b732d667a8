using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>
/// ONNX STFT (opset 17): frames of a signal [N, L, 1 or 2], <c>frame_step</c> apart, times a window, each to its frequencies:
/// [N, frames, frequencies, 2].
/// </summary>
public sealed class ShortTimeSpectrum : Kernel
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["STFT"];

    /// <inheritdoc/>
    public override Tensor Run(KernelCall call)
    {
        var (step, window) = ((long)call.Number(1)!.Value, call.Optional(2));
        var length = (long)(call.Number(3) ?? window!.shape[0]);
        var frames = call.Input(0).unfold(1, length, step).transpose(2, 3);
        if (window is not null)
        {
            frames = frames.mul(window.unsqueeze(1));
        }

        var transformed = fft.fft_(Spectrum.Complex(frames), length, 2);
        return Spectrum.Pairs(call.Node.GetInt("onesided", 1) != 0 ? transformed.narrow(2, 0, (length / 2) + 1) : transformed);
    }
}
