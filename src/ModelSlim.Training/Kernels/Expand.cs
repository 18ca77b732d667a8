using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>ONNX Expand (opset 8, 13): broadcasts to a shape, which broadcasts to the value's in turn.</summary>
public sealed class Expand : Kernel
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["Expand"];

    /// <inheritdoc/>
    public override Tensor Run(KernelCall call)
    {
        var value = call.Input(0);
        var target = call.Integers(1, "shape") ?? throw new InvalidDataException($"{call.Node.Label} has no shape.");
        var rank = Math.Max((int)value.dim(), target.Length);
        long[] from = [.. Enumerable.Repeat(1L, rank - (int)value.dim()), .. value.shape];
        long[] to = [.. Enumerable.Repeat(1L, rank - target.Length), .. target];
        return value.reshape(from).expand([.. from.Zip(to, (own, wanted) => wanted == 1 ? own : wanted)]);
    }
}
