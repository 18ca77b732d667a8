using ModelSlim.Core.Tensors;
using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>
/// ONNX Add, Sub, Mul and Div. From opset 7 on operands broadcast as in NumPy; opset 6 places B along A from <c>axis</c> on.
/// A constant of more than one element is a bias or a scale and is trained; a single number is a setting.
/// </summary>
public sealed class Broadcast : Kernel
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["Add", "Sub", "Mul", "Div"];

    /// <inheritdoc/>
    public override bool OutputIsFree => true;

    /// <inheritdoc/>
    public override InputRole Role(int input, TensorData? constant) =>
        constant is { Length: > 1 } ? InputRole.Weight : InputRole.Setting;

    /// <inheritdoc/>
    public override Tensor Run(KernelCall call)
    {
        var (left, right) = (call.Input(0), Aligned(call));
        return call.Node.OpType switch
        {
            "Add" => left.add(right),
            "Sub" => left.sub(right),
            "Mul" => left.mul(right),
            "Div" => left.div(right),
            var name => throw new InvalidDataException($"{name} is no broadcast operator."),
        };
    }

    private static Tensor Aligned(KernelCall call)
    {
        var right = call.Input(1);
        if (call.Opset >= 7 || !call.Node.Attributes.ContainsKey("axis"))
        {
            return right;
        }

        var rank = call.Input(0).dim();
        var axis = call.Node.GetInt("axis", 0);
        var trailing = rank - (axis < 0 ? axis + rank : axis) - right.dim();
        return right.reshape([.. right.shape, .. Enumerable.Repeat(1L, (int)trailing)]);
    }
}
