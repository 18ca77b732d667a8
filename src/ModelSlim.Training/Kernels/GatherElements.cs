using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>ONNX GatherElements (opset 11, 13): an element of <c>axis</c> (0) for each index.</summary>
public sealed class GatherElements : Kernel
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["GatherElements"];

    /// <inheritdoc/>
    public override Tensor Run(KernelCall call)
    {
        var value = call.Input(0);
        var axis = call.Axis("axis", 0, value.dim());
        return value.gather(axis, Gather.FromFront(call.Input(1), value.shape[axis]));
    }
}
