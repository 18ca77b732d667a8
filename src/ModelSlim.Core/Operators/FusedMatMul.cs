using System.Collections.Immutable;
using ModelSlim.Core.Axes;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Core.Operators;

/// <summary>
/// com.microsoft FusedMatMul and TransposeMatMul: MatMul of A and B, each read with its last two axes swapped (<c>transA</c>,
/// <c>transB</c>), or with its first axis moved to the place before the last (<c>transBatchA</c>, <c>transBatchB</c>).
/// </summary>
public sealed class FusedMatMul : Operator
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["FusedMatMul", "TransposeMatMul"];

    /// <inheritdoc/>
    public override string Domain => "com.microsoft";

    /// <inheritdoc/>
    public override IEnumerable<AxisRelation> Relate(NodeView node)
    {
        var (a, b, y) = (Order(node, 0), Order(node, 1), node.OutputShape());
        yield return new AxisRelation.Tied(node.In(0, a[^1]), node.In(1, b[Math.Max(0, b.Length - 2)]));
        if (b.Length > 1)
        {
            yield return new AxisRelation.Tied(node.In(1, b[^1]), node.Out(y.Length - 1));
        }

        if (a.Length > 1)
        {
            yield return new AxisRelation.Tied(node.In(0, a[^2]), node.Out(y.Length - (b.Length > 1 ? 2 : 1)));
        }

        var batch = y.Length - (a.Length > 1 ? 1 : 0) - (b.Length > 1 ? 1 : 0);
        for (var input = 0; input < 2; input++)
        {
            var order = input == 0 ? a : b;
            for (var axis = 0; axis < order.Length - 2; axis++)
            {
                var target = batch - (order.Length - 2) + axis;
                if (node.InputShape(input)[order[axis]] == y[target])
                {
                    yield return new AxisRelation.Tied(node.In(input, order[axis]), node.Out(target));
                }
            }
        }
    }

    /// <inheritdoc/>
    public override IEnumerable<AxisRef> Contracted(NodeView node)
    {
        var (a, b) = (Order(node, 0), Order(node, 1));
        return [node.In(0, a[^1]), node.In(1, b[Math.Max(0, b.Length - 2)])];
    }

    /// <inheritdoc/>
    public override long Macs(NodeView node) => TensorData.Count(node.OutputShape()) * node.InputShape(0)[Order(node, 0)[^1]];

    // The axes of a factor in the order in which MatMul reads them.
    private static ImmutableArray<int> Order(NodeView node, int input)
    {
        var name = input == 0 ? "A" : "B";
        var axes = Enumerable.Range(0, node.InputShape(input).Length).ToList();
        if (axes.Count > 1 && node.Node.GetInt($"transBatch{name}", 0) != 0)
        {
            axes.RemoveAt(0);
            axes.Insert(axes.Count - 1, 0);
        }

        if (axes.Count > 1 && node.Node.GetInt($"trans{name}", 0) != 0)
        {
            (axes[^1], axes[^2]) = (axes[^2], axes[^1]);
        }

        return [.. axes];
    }
}
