using ModelSlim.Core.Tensors;
using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>ONNX PRelu (opset 7, 9, 16): x where it is not negative, else slope * x; the slope broadcasts to x and is learned.</summary>
public sealed class PRelu : Kernel
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["PRelu"];

    /// <inheritdoc/>
    public override InputRole Role(int input, TensorData? constant) => input == 1 ? InputRole.Weight : InputRole.Setting;

    /// <inheritdoc/>
    public override Tensor Run(KernelCall call)
    {
        var (value, slope) = (call.Input(0), call.Input(1));
        if (call.Opset < 7 && slope.dim() == 1)
        {
            slope = slope.reshape([-1, .. Enumerable.Repeat(1L, (int)value.dim() - 2)]);
        }

        return value.clamp_min(0).add(value.clamp_max(0).mul(slope));
    }
}
