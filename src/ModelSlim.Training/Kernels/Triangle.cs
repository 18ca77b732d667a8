using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>
/// Trilu of ONNX (opset 14) and com.microsoft (version 1): the upper (default) or lower triangle of matrices
/// from the k-th diagonal on; the rest is 0.
/// </summary>
/// <param name="domain">The operator domain.</param>
public sealed class Triangle(string domain) : Kernel
{
    /// <inheritdoc/>
    public override string Domain => domain;

    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["Trilu"];

    /// <inheritdoc/>
    public override Tensor Run(KernelCall call)
    {
        var diagonal = (long)(call.Number(1) ?? 0);
        return call.Node.GetInt("upper", 1) != 0 ? call.Input(0).triu(diagonal) : call.Input(0).tril(diagonal);
    }
}
