using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>ONNX Mod (opset 10, 13): the remainder with the sign of the divisor, or with <c>fmod</c> of the dividend.</summary>
public sealed class Modulo : Kernel
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["Mod"];

    /// <inheritdoc/>
    public override Tensor Run(KernelCall call) => call.Node.GetInt("fmod", 0) != 0
        ? call.Input(0).fmod(call.Input(1))
        : call.Input(0).remainder(call.Input(1));
}
