using System.Collections.Immutable;
using ModelSlim.Core.Axes;

namespace ModelSlim.Core.Operators;

/// <summary>
/// ONNX Einsum (opset 12): axes of one letter are one axis, and a letter that the output does not have is summed over. A letter
/// that comes up twice in one operand takes its diagonal, and stays whole.
/// </summary>
public sealed class Einsum : Operator
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["Einsum"];

    /// <inheritdoc/>
    public override IEnumerable<AxisRelation> Relate(NodeView node)
    {
        if (Read(node) is not { } equation)
        {
            yield break;
        }

        foreach (var axes in Axes(node, equation).GroupBy(axis => axis.Label, axis => (axis.Axis, axis.Extent)))
        {
            // An extent of 1 serves every index of the others.
            var extent = axes.Max(axis => axis.Extent);
            var alike = axes.Where(axis => axis.Extent == extent).Select(axis => axis.Axis).ToArray();
            if (equation.Operands.Any(labels => labels.Count(label => label == axes.Key) > 1))
            {
                foreach (var axis in alike)
                {
                    yield return new AxisRelation.Frozen(axis, $"Einsum takes the diagonal along '{axes.Key}'");
                }

                continue;
            }

            foreach (var axis in alike)
            {
                yield return new AxisRelation.Tied(alike[0], axis);
            }
        }
    }

    /// <inheritdoc/>
    public override IEnumerable<AxisRef> Contracted(NodeView node) => Read(node) is { } equation
        ? Axes(node, equation).Where(axis => !equation.Output.Contains(axis.Label)).Select(axis => axis.Axis)
        : [];

    /// <inheritdoc/>
    public override long Macs(NodeView node) => Read(node) is { } equation && equation.Operands.Length > 1
        ? Axes(node, equation).GroupBy(axis => axis.Label).Aggregate(1L, (count, axes) => count * axes.Max(axis => axis.Extent))
        : 0;

    private static EinsumEquation? Read(NodeView node) => EinsumEquation.Read(
        node.Node.GetText("equation", ""), [.. Enumerable.Range(0, node.InputCount).Select(input => node.InputShape(input).Length)]);

    private static IEnumerable<(AxisRef Axis, string Label, int Extent)> Axes(NodeView node, EinsumEquation equation) =>
        Enumerable.Range(0, node.InputCount)
            .SelectMany(input => Label(equation.Operands[input], axis => node.In(input, axis), node.InputShape(input)))
            .Concat(Label(equation.Output, axis => node.Out(axis), node.OutputShape()));

    private static IEnumerable<(AxisRef Axis, string Label, int Extent)> Label(
        ImmutableArray<string> labels, Func<int, AxisRef> axis, ImmutableArray<int> shape) =>
        labels.Select((label, i) => (axis(i), label, i < shape.Length ? shape[i] : 0));
}
