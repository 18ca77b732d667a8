using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>
/// ONNX Compress (opset 9, 11): the entries of <c>axis</c>, or of the flattened value, whose flag is set; and NonZero (opset 9,
/// 13): where elements are not 0, [number of axes, number found].
/// </summary>
public sealed class Selection : Kernel
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["Compress", "NonZero"];

    /// <inheritdoc/>
    public override Tensor Run(KernelCall call)
    {
        var value = call.Input(0);
        if (call.Node.OpType == "NonZero")
        {
            return value.detach().nonzero().t();
        }

        var chosen = call.Input(1).nonzero().flatten();
        return call.Node.Attributes.ContainsKey("axis")
            ? value.index_select(call.Axis("axis", 0, value.dim()), chosen)
            : value.flatten().index_select(0, chosen);
    }
}
