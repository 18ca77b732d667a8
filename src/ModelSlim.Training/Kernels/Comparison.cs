using System.Collections.Immutable;
using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>ONNX's comparisons and logic of two values (opset 7 on; 6 with <c>axis</c>). Flags have no gradient.</summary>
public sealed class Comparison : Kernel
{
    private static readonly ImmutableSortedDictionary<string, Func<Tensor, Tensor, Tensor>> Functions =
        new Dictionary<string, Func<Tensor, Tensor, Tensor>>
        {
            ["And"] = (left, right) => left.logical_and(right),
            ["Equal"] = (left, right) => left.eq(right),
            ["Greater"] = (left, right) => left.gt(right),
            ["GreaterOrEqual"] = (left, right) => left.ge(right),
            ["Less"] = (left, right) => left.lt(right),
            ["LessOrEqual"] = (left, right) => left.le(right),
            ["Or"] = (left, right) => left.logical_or(right),
            ["Xor"] = (left, right) => left.logical_xor(right),
        }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = [.. Functions.Keys];

    /// <inheritdoc/>
    public override Tensor Run(KernelCall call) =>
        Functions[call.Node.OpType](call.Input(0), LegacyBroadcast.Aligned(call));
}
