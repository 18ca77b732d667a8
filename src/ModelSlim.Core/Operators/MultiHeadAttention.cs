using ModelSlim.Core.Axes;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Core.Operators;

/// <summary>
/// com.microsoft MultiHeadAttention (version 1) of three inputs: queries [B, S, h d], keys [B, T, h d], values [B, T, h v] and
/// perhaps a bias [h d + h d + h v] of all three, to Y [B, S, h v]. A bias of the scores may have an axis of heads; past and
/// present keys and values are [B, h, ..., d or v]. Packed inputs stay whole.
/// </summary>
public sealed class MultiHeadAttention : Operator
{
    private const string Heads = "heads";
    private const string QueryWidth = "query width";
    private const string ValueWidth = "value width";
    private const int Bias = 3;
    private const int ScoreBias = 5;
    private const int Past = 6;
    private const int AfterPast = 8;

    /// <inheritdoc/>
    public override string Domain => "com.microsoft";

    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["MultiHeadAttention"];

    /// <inheritdoc/>
    public override IEnumerable<(string Name, int Extent)> Inner(NodeView node)
    {
        var heads = Count(node);
        return heads < 1
            ? []
            : [(Heads, heads), (QueryWidth, node.InputShape(0)[2] / heads), (ValueWidth, node.InputShape(2)[2] / heads)];
    }

    /// <inheritdoc/>
    public override IEnumerable<AxisRelation> Relate(NodeView node)
    {
        if (Count(node) < 1)
        {
            yield break;
        }

        yield return new AxisRelation.Tied(node.In(0, 2), node.In(1, 2));
        yield return new AxisRelation.Tied(node.In(2, 2), node.Out(2));
        (AxisRef Axis, int Extent) Of(string name) => (node.Inner(name), node.InnerExtent(name));
        AxisRelation[] split =
        [
            .. AxisRelation.Product.RowMajor(node.In(0, 2), Of(Heads), Of(QueryWidth)),
            .. AxisRelation.Product.RowMajor(node.Out(2), Of(Heads), Of(ValueWidth)),
            .. Biases(node),
            .. Caches(node),
        ];
        foreach (var relation in split)
        {
            yield return relation;
        }
    }

    /// <inheritdoc/>
    public override NodeRewrite Rewrite(NodeView before, NodeView after)
    {
        var heads = Count(before);
        if (heads < 1)
        {
            return new NodeRewrite(before.Node);
        }

        var rewritten = before.Node.With("num_heads", new AttributeValue.Int(after.InnerExtent(Heads)));
        var width = before.InnerExtent(QueryWidth);

        // The scale that the width stands for stays; 0 stands for it too.
        return new NodeRewrite(after.InnerExtent(QueryWidth) == width || rewritten.GetFloat("scale", 0) != 0
            ? rewritten
            : rewritten.With("scale", new AttributeValue.Float(1 / MathF.Sqrt(width))));
    }

    /// <inheritdoc/>
    public override long Macs(NodeView node)
    {
        if (Count(node) < 1)
        {
            return 0;
        }

        var times = node.InputShape(1)[1] + (node.HasInput(Past) ? node.InputShape(Past)[2] : 0);
        return (TensorData.Count(node.InputShape(0)) + TensorData.Count(node.OutputShape())) * times;
    }

    /// <inheritdoc/>
    public override IEnumerable<AxisRef> Contracted(NodeView node) => Count(node) < 1
        ? []
        : [node.In(0, 2), .. node.HasInput(Bias) ? new[] { node.In(Bias, 0) } : []];

    // 0 where the node has another form.
    private static int Count(NodeView node)
    {
        var heads = (int)node.Node.GetInt("num_heads", 0);
        var plain = node.Node.Inputs.Length > 2
            && Enumerable.Range(0, 3).All(input => node.HasInput(input) && node.InputShape(input).Length == 3)
            && Enumerable.Range(AfterPast, Math.Max(0, node.InputCount - AfterPast)).All(input => !node.HasInput(input));
        return plain ? heads : 0;
    }

    private static IEnumerable<AxisRelation> Biases(NodeView node)
    {
        if (node.HasInput(Bias))
        {
            var queries = node.InputShape(0)[2];
            yield return new AxisRelation.Part(node.In(Bias, 0), 0, node.In(0, 2));
            yield return new AxisRelation.Part(node.In(Bias, 0), queries, node.In(0, 2));
            yield return new AxisRelation.Part(node.In(Bias, 0), 2 * queries, node.Out(2));
        }

        if (node.HasInput(ScoreBias) && node.InputShape(ScoreBias)[1] == Count(node))
        {
            yield return new AxisRelation.Tied(node.Inner(Heads), node.In(ScoreBias, 1));
        }
    }

    // Kernels that keep keys and values want one width for both.
    private static IEnumerable<AxisRelation> Caches(NodeView node)
    {
        if (node.InputCount > Past || node.Node.Outputs.Length > 1)
        {
            yield return new AxisRelation.Tied(node.Inner(QueryWidth), node.Inner(ValueWidth));
        }

        for (var kind = 0; kind < 2; kind++)
        {
            AxisRef?[] caches =
            [
                node.HasInput(Past + kind) ? node.In(Past + kind, 0) : null,
                kind + 1 < node.Node.Outputs.Length && node.Node.Outputs[kind + 1].Length > 0 ? node.Out(0, kind + 1) : null,
            ];
            foreach (var cache in caches.OfType<AxisRef>())
            {
                yield return new AxisRelation.Tied(node.Inner(Heads), cache with { Axis = 1 });
                yield return new AxisRelation.Tied(node.Inner(kind == 0 ? QueryWidth : ValueWidth), cache with { Axis = 3 });
            }
        }
    }
}
