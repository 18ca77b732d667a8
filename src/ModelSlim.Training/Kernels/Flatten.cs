using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>ONNX Flatten (opset 1, 9, 11, 13): to a matrix [axes before <c>axis</c>, axes from it on].</summary>
public sealed class Flatten : Kernel
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["Flatten"];

    /// <inheritdoc/>
    public override bool Passes(int input) => input == 0;

    /// <inheritdoc/>
    public override Tensor Run(KernelCall call)
    {
        var value = call.Input(0);
        var axis = (int)call.Node.GetInt("axis", 1);
        var shape = value.shape;
        axis = axis < 0 ? axis + shape.Length : axis;
        return value.reshape(shape[..axis].Aggregate(1L, (a, b) => a * b), shape[axis..].Aggregate(1L, (a, b) => a * b));
    }
}
