using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>ONNX Squeeze: axes of extent 1 go; <c>axes</c> is an attribute (opset 1, 11) or an input (opset 13), or all.</summary>
public sealed class Squeeze : Kernel
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["Squeeze"];

    /// <inheritdoc/>
    public override bool Passes(int input) => input == 0;

    /// <inheritdoc/>
    public override Tensor Run(KernelCall call)
    {
        var value = call.Input(0);
        var shape = value.shape;
        var axes = call.Integers(1, "axes")?.Select(axis => axis < 0 ? axis + shape.Length : axis).ToHashSet();
        var kept = shape.Where((extent, axis) => axes is null ? extent != 1 : !axes.Contains(axis)).ToArray();
        return value.reshape(kept);
    }
}
