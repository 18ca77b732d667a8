using System.Collections.Immutable;
using ModelSlim.Core.Axes;
using ModelSlim.Core.Graphs;

namespace ModelSlim.Core.Operators;

/// <summary>Operators that no channel gets through, and why.</summary>
public sealed class FrozenOperator : Operator
{
    private const string Quantized = "it is quantized, and ModelSlim prunes floating-point weights";
    private const string Selecting = "it selects by value, and what it puts out are places";
    private const string Drawing = "it draws random numbers, and other shapes would draw others";

    private static readonly ImmutableSortedDictionary<string, string> Reasons =
        new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["Bernoulli"] = Drawing,
            ["ConvInteger"] = Quantized,
            ["DequantizeLinear"] = Quantized,
            ["DynamicQuantizeLinear"] = Quantized,
            ["MatMulInteger"] = Quantized,
            ["Multinomial"] = Drawing,
            ["NonMaxSuppression"] = Selecting,
            ["QLinearConv"] = Quantized,
            ["QLinearMatMul"] = Quantized,
            ["QuantizeLinear"] = Quantized,
            ["RandomNormal"] = Drawing,
            ["RandomNormalLike"] = Drawing,
            ["RandomUniform"] = Drawing,
            ["RandomUniformLike"] = Drawing,
            ["Unique"] = Selecting,
        }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    private static readonly ImmutableHashSet<string> Exact = ["ConvInteger", "DequantizeLinear", "MatMulInteger"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = [.. Reasons.Keys];

    /// <inheritdoc/>
    public override IEnumerable<AxisRelation> Relate(NodeView node) => Freeze(node, Reasons[node.Node.OpType]);

    /// <inheritdoc/>
    public override bool Jumps(Node node) => !Exact.Contains(node.OpType);

    /// <summary>Freezes every axis of a node.</summary>
    internal static IEnumerable<AxisRelation> Freeze(NodeView node, string reason)
    {
        for (var input = 0; input < node.InputCount; input++)
        {
            for (var axis = 0; node.HasInput(input) && axis < node.InputShape(input).Length; axis++)
            {
                yield return new AxisRelation.Frozen(node.In(input, axis), reason);
            }
        }

        for (var output = 0; output < node.Node.Outputs.Length; output++)
        {
            for (var axis = 0; node.Node.Outputs[output].Length > 0 && axis < node.OutputShape(output).Length; axis++)
            {
                yield return new AxisRelation.Frozen(node.Out(axis, output), reason);
            }
        }
    }
}
