using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>
/// ONNX LRN (opset 1, 13; Krizhevsky, Sutskever, Hinton 2012, section 3.3): X [N, C, ...] divided by
/// (bias + alpha / size * sum of squares of <c>size</c> neighbouring channels)^beta.
/// </summary>
public sealed class LocalResponse : Kernel
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["LRN"];

    /// <inheritdoc/>
    public override Tensor Run(KernelCall call)
    {
        var (value, node) = (call.Input(0), call.Node);
        var size = node.GetInt("size", 1);
        var squares = value.mul(value).reshape(value.shape[0], 1, value.shape[1], -1);
        var padded = nn.functional.pad(squares, [0, 0, (size - 1) / 2, size / 2]);
        var means = nn.functional.avg_pool2d(padded, [size, 1], [1, 1]).reshape(value.shape);
        var divisor = means.mul(node.GetFloat("alpha", 1e-4f)).add(node.GetFloat("bias", 1));
        return value.mul(Power.Of(divisor, -node.GetFloat("beta", 0.75f)));
    }
}
