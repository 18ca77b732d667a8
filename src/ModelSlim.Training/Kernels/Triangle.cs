using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>ONNX Trilu (opset 14): the upper (default) or lower triangle of matrices from the k-th diagonal on; the rest is 0.</summary>
public sealed class Triangle : Kernel
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["Trilu"];

    /// <inheritdoc/>
    public override Tensor Run(KernelCall call)
    {
        var diagonal = (long)(call.Number(1) ?? 0);
        return call.Node.GetInt("upper", 1) != 0 ? call.Input(0).triu(diagonal) : call.Input(0).tril(diagonal);
    }
}
