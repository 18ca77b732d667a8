using ModelSlim.Core.Tensors;
using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>
/// ONNX Runtime's Gelu and BiasGelu (exact), FastGelu (by tanh) and QuickGelu (x * sigmoid(alpha * x), alpha 1.702); BiasGelu
/// and FastGelu add a bias first.
/// </summary>
public sealed class FusedGelu : Kernel
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["Gelu", "BiasGelu", "FastGelu", "QuickGelu"];

    /// <inheritdoc/>
    public override string Domain => "com.microsoft";

    /// <inheritdoc/>
    public override InputRole Role(int input, TensorData? constant) => input == 1 ? InputRole.Weight : InputRole.Setting;

    /// <inheritdoc/>
    public override Tensor Run(KernelCall call)
    {
        var value = call.Optional(1) is { } bias ? call.Input(0).add(bias) : call.Input(0);
        return call.Node.OpType switch
        {
            "FastGelu" => GaussianError.Approximate(value),
            "QuickGelu" => value.mul(value.mul(call.Node.GetFloat("alpha", 1.702f)).sigmoid()),
            _ => GaussianError.Exact(value),
        };
    }
}
