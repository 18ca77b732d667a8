using System.Collections.Immutable;
using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>ONNX's operators on the bits of integers: BitShift (opset 11), BitwiseAnd, BitwiseNot, BitwiseOr and BitwiseXor (opset 18).</summary>
public sealed class Bitwise : Kernel
{
    private static readonly ImmutableSortedDictionary<string, Func<KernelCall, Tensor>> Functions =
        new Dictionary<string, Func<KernelCall, Tensor>>
        {
            ["BitShift"] = call => call.Node.GetText("direction", "") == "LEFT"
                ? call.Input(0).bitwise_left_shift(call.Input(1))
                : call.Input(0).bitwise_right_shift(call.Input(1)),
            ["BitwiseAnd"] = call => call.Input(0).bitwise_and(call.Input(1)),
            ["BitwiseNot"] = call => call.Input(0).bitwise_not(),
            ["BitwiseOr"] = call => call.Input(0).bitwise_or(call.Input(1)),
            ["BitwiseXor"] = call => call.Input(0).bitwise_xor(call.Input(1)),
        }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = [.. Functions.Keys];

    /// <inheritdoc/>
    public override Tensor Run(KernelCall call) => Functions[call.Node.OpType](call);
}
