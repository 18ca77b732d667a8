using System.Collections.Immutable;
using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>
/// ONNX's reductions. <c>axes</c> is an attribute or, for ReduceSum from opset 13 and for the others from opset 18 on, an
/// input; none means all axes, or with <c>noop_with_empty_axes</c> each element by itself.
/// </summary>
public sealed class Reduction : Kernel
{
    private static readonly ImmutableSortedDictionary<string, Func<Tensor, long[], Tensor>> Functions =
        new Dictionary<string, Func<Tensor, long[], Tensor>>
        {
            ["ReduceL1"] = (value, axes) => value.abs().sum(axes, keepdim: true),
            ["ReduceL2"] = (value, axes) => SquareRoot.Of(value.mul(value).sum(axes, keepdim: true)),
            ["ReduceLogSum"] = (value, axes) => value.sum(axes, keepdim: true).log(),
            ["ReduceLogSumExp"] = LogSumExp,
            ["ReduceMax"] = (value, axes) => value.amax(axes, keepdim: true),
            ["ReduceMean"] = (value, axes) => value.mean(axes, keepdim: true),
            ["ReduceMin"] = (value, axes) => value.amin(axes, keepdim: true),
            ["ReduceProd"] = (value, axes) => axes.Aggregate(value, (product, axis) => product.prod(axis, keepdim: true)),
            ["ReduceSum"] = (value, axes) => value.sum(axes, keepdim: true),
            ["ReduceSumSquare"] = (value, axes) => value.mul(value).sum(axes, keepdim: true),
        }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = [.. Functions.Keys];

    /// <inheritdoc/>
    public override Tensor Run(KernelCall call)
    {
        var value = call.Input(0);
        var rank = value.dim();
        var stated = call.Integers(1, "axes");
        if (stated is null or [])
        {
            if (call.Node.GetInt("noop_with_empty_axes", 0) != 0)
            {
                return Functions[call.Node.OpType](value.unsqueeze(rank), [rank]).squeeze(rank);
            }

            stated = [.. Enumerable.Range(0, (int)rank).Select(axis => (long)axis)];
        }

        long[] axes = [.. stated.Select(axis => (long)KernelCall.FromFront(axis, rank))];
        var reduced = axes.Length == 0 ? value.alias() : Functions[call.Node.OpType](value, axes);
        return call.Node.GetInt("keepdims", 1) != 0
            ? reduced
            : reduced.reshape([.. reduced.shape.Where((_, axis) => !axes.Contains(axis))]);
    }

    private static Tensor LogSumExp(Tensor value, long[] axes)
    {
        var largest = value.detach().amax(axes, keepdim: true);
        return value.sub(largest).exp().sum(axes, keepdim: true).log().add(largest);
    }
}
