using ModelSlim.Core.Tensors;
using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>ONNX Einsum (opset 12): sums of products as the equation says.</summary>
public sealed class Einsum : Kernel
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["Einsum"];

    /// <inheritdoc/>
    public override bool OutputIsFree => true;

    /// <inheritdoc/>
    public override InputRole Role(int input, TensorData? constant) =>
        constant is { Length: > 1 } ? InputRole.Weight : InputRole.Setting;

    /// <inheritdoc/>
    public override Tensor Run(KernelCall call) =>
        einsum(call.Node.GetText("equation", ""), [.. call.Inputs.Select((_, index) => call.Input(index))]);
}
