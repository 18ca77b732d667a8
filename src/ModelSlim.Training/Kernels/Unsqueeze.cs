using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>ONNX Unsqueeze: new axes of extent 1; <c>axes</c> is an attribute (opset 1, 11) or an input (opset 13).</summary>
public sealed class Unsqueeze : Kernel
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["Unsqueeze"];

    /// <inheritdoc/>
    public override bool Passes(int input) => input == 0;

    /// <inheritdoc/>
    public override Tensor Run(KernelCall call)
    {
        var value = call.Input(0);
        var axes = call.Integers(1, "axes") ?? throw new InvalidDataException($"{call.Node.Label} has no axes.");
        var rank = value.dim() + axes.Length;
        var result = value.alias();
        foreach (var axis in axes.Select(axis => axis < 0 ? axis + rank : axis).Order())
        {
            result = result.unsqueeze(axis);
        }

        return result;
    }
}
