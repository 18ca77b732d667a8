using ModelSlim.Core.Tensors;
using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>
/// ONNX LayerNormalization (opset 17; Ba, Kiros, Hinton 2016), its form without a mean that ONNX Runtime writes
/// (SimplifiedLayerNormalization), and RMSNormalization (opset 23; Zhang and Sennrich 2019): over all axes from <c>axis</c>
/// (-1) on, then scaled and, with B, shifted.
/// </summary>
public sealed class LayerNormalization : Kernel
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["LayerNormalization", "RMSNormalization", "SimplifiedLayerNormalization"];

    /// <inheritdoc/>
    public override InputRole Role(int input, TensorData? constant) => input is 1 or 2 ? InputRole.Weight : InputRole.Setting;

    /// <inheritdoc/>
    public override Tensor Run(KernelCall call)
    {
        var value = call.Input(0);
        var axis = call.Axis("axis", -1, value.dim());
        var epsilon = call.Node.GetFloat("epsilon", 1e-5f);
        return call.Node.OpType == "LayerNormalization"
            ? Normalize(value, axis, call.Input(1), call.Optional(2), epsilon)
            : NormalizeByRoot(value, axis, epsilon).mul(call.Input(1));
    }

    /// <summary>To mean 0 and variance 1 over all axes from one on, then scaled and shifted.</summary>
    internal static Tensor Normalize(Tensor value, int axis, Tensor scale, Tensor? shift, double epsilon)
    {
        var shape = value.shape[axis..];
        return scale.shape.SequenceEqual(shape) && (shift is null || shift.shape.SequenceEqual(shape))
            ? nn.functional.layer_norm(value, shape, scale, shift, epsilon)
            : Shifted(nn.functional.layer_norm(value, shape, null, null, epsilon).mul(scale), shift);
    }

    /// <summary>To mean square 1 over all axes from one on.</summary>
    internal static Tensor NormalizeByRoot(Tensor value, int axis, double epsilon)
    {
        long[] axes = [.. Enumerable.Range(axis, (int)value.dim() - axis).Select(a => (long)a)];
        return value.mul(value.mul(value).mean(axes, keepdim: true).add(epsilon).rsqrt());
    }

    private static Tensor Shifted(Tensor value, Tensor? shift) => shift is null ? value : value.add(shift);
}
