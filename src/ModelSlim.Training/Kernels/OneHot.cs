using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>ONNX OneHot (opset 9, 11): off and on values along a new axis (-1) of extent depth.</summary>
public sealed class OneHot : Kernel
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["OneHot"];

    /// <inheritdoc/>
    public override Tensor Run(KernelCall call)
    {
        var depth = (long)call.Integers(1, "")![0];
        var indices = Gather.FromFront(call.Input(0), depth);
        var axis = call.Axis("axis", -1, indices.dim() + 1);
        long[] classes = [depth, .. Enumerable.Repeat(1L, (int)indices.dim() - axis)];
        var hits = indices.unsqueeze(axis).eq(arange(depth).reshape(classes));
        var values = call.Input(2);
        return where(hits, values[1], values[0]);
    }
}
