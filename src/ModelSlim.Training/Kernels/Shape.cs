using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>ONNX Shape (opset 1, 13, 15; with start and end) and Size (opset 1, 13): extents, and their product.</summary>
public sealed class Shape : Kernel
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["Shape", "Size"];

    /// <inheritdoc/>
    public override Tensor Run(KernelCall call)
    {
        var value = call.Input(0);
        if (call.Node.OpType == "Size")
        {
            return tensor(value.numel());
        }

        var rank = (int)value.dim();
        var start = Math.Clamp(call.Axis("start", 0, rank), 0, rank);
        var end = Math.Clamp(call.Axis("end", rank, rank), start, rank);
        return tensor(value.shape[start..end]).clone();
    }
}
