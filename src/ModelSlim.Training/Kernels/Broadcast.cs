using ModelSlim.Core.Tensors;
using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>
/// ONNX Add, Sub, Mul and Div. From opset 7 on operands broadcast as in NumPy; opset 6 places B along A from <c>axis</c> on.
/// Integers are divided towards zero. A constant of more than one element is a bias or a scale and is trained; a single number
/// is a setting, and so is a table of round numbers, such as a mask or a grid of anchors.
/// </summary>
public sealed class Broadcast : Kernel
{
    private const float LargestLearned = 1e4f;

    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["Add", "Sub", "Mul", "Div"];

    /// <inheritdoc/>
    public override bool OutputIsFree => true;

    /// <inheritdoc/>
    public override InputRole Role(int input, TensorData? constant) =>
        constant is { Length: > 1 } && !IsRoundTable(constant) ? InputRole.Weight : InputRole.Setting;

    /// <inheritdoc/>
    public override Tensor Run(KernelCall call)
    {
        var (left, right) = (call.Input(0), LegacyBroadcast.Aligned(call));
        return call.Node.OpType switch
        {
            "Add" => left.add(right),
            "Sub" => left.sub(right),
            "Mul" => left.mul(right),
            "Div" when left.is_floating_point() => left.div(right),
            "Div" => left.to(ScalarType.Float64).div(right).trunc().to(left.dtype),
            var name => throw new InvalidDataException($"{name} is no broadcast operator."),
        };
    }

    // Halves and whole numbers that are not all the same. New biases and scales, which are all 0 or all 1, are no table.
    private static bool IsRoundTable(TensorData constant)
    {
        if (!constant.IsFloatingPoint)
        {
            return true;
        }

        var values = constant.ToSingles();
        return Array.Exists(values, value => Math.Abs(value) >= LargestLearned)
            || (Array.Exists(values, value => value != values[0]) && Array.TrueForAll(values, value => value * 2 == MathF.Round(value * 2)));
    }
}
