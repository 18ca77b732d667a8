using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>ONNX LpNormalization (opset 1, 22): divided by the norm of order <c>p</c> (1 or 2) along <c>axis</c> (-1).</summary>
public sealed class LpNormalization : Kernel
{
    private const double Least = 1e-38;

    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["LpNormalization"];

    /// <inheritdoc/>
    public override Tensor Run(KernelCall call)
    {
        var value = call.Input(0);
        long[] axis = [call.Axis("axis", -1, value.dim())];
        return call.Node.GetInt("p", 2) == 1
            ? value.div(value.abs().sum(axis, keepdim: true).clamp_min(Least))
            : value.mul(value.mul(value).sum(axis, keepdim: true).clamp_min(Least).rsqrt());
    }
}
