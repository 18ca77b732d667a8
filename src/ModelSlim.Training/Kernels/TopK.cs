using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>
/// ONNX TopK: the k largest or smallest elements of <c>axis</c> (-1) and where they are; k is an attribute (opset 1) or an
/// input (opset 10, 11).
/// </summary>
public sealed class TopK : MultiOutputKernel
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["TopK"];

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor?> RunAll(KernelCall call)
    {
        var value = call.Input(0);
        var count = call.Optional(1) is null ? call.Node.GetInt("k", 1) : (long)call.Number(1)!.Value;
        var (values, indices) = value.topk(
            (int)count,
            call.Axis("axis", -1, value.dim()),
            call.Node.GetInt("largest", 1) != 0,
            call.Node.GetInt("sorted", 1) != 0);
        return [values, indices];
    }
}
