using ModelSlim.Core.Axes;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Core.Operators;

/// <summary>
/// ONNX Attention (opset 23): Q [B, h, S, d], K [B, k, T, d], V [B, k, T, v] to Y [B, h, S, v], or all of them with the heads
/// joined to the last axis, as [B, S, h d]. Each key head serves h / k query heads in a row. A mask may have an axis of query
/// heads; past and present keys and values are [B, k, ..., d or v].
/// </summary>
public sealed class Attention : Operator
{
    private const string Heads = "heads";
    private const string KeyHeads = "key heads";
    private const string Shared = "heads a key head";
    private const string QueryWidth = "query width";
    private const string ValueWidth = "value width";
    private const int Mask = 3;
    private const int Past = 4;

    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["Attention"];

    /// <inheritdoc/>
    public override IEnumerable<(string Name, int Extent)> Inner(NodeView node)
    {
        var (heads, keyHeads) = Counts(node);
        if (heads < 1 || keyHeads < 1)
        {
            return [];
        }

        (string, int)[] shared = [(Shared, heads / keyHeads)];
        return IsJoined(node)
            ? [.. shared, (Heads, heads), (KeyHeads, keyHeads), (QueryWidth, node.InputShape(0)[2] / heads), (ValueWidth, node.InputShape(2)[2] / keyHeads)]
            : shared;
    }

    /// <inheritdoc/>
    public override IEnumerable<AxisRelation> Relate(NodeView node)
    {
        var (heads, keyHeads) = Counts(node);
        return heads < 1 || keyHeads < 1 ? [] :
        [
            .. IsJoined(node) ? Joined(node) : Apart(node),
            .. AxisRelation.Product.RowMajor(HeadAxis(node), (KeyHeadAxis(node), keyHeads), (node.Inner(Shared), heads / keyHeads)),
            .. Others(node, heads),
        ];
    }

    /// <inheritdoc/>
    public override NodeRewrite Rewrite(NodeView before, NodeView after)
    {
        var rewritten = before.Node;
        var ((heads, keyHeads), width) = (Counts(before), QueryWidthOf(before));
        if (IsJoined(before))
        {
            (heads, keyHeads) = (after.InnerExtent(Heads), after.InnerExtent(KeyHeads));
            rewritten = rewritten.With("q_num_heads", new AttributeValue.Int(heads)).With("kv_num_heads", new AttributeValue.Int(keyHeads));
        }

        // The scale that the width stands for stays.
        return new NodeRewrite(QueryWidthOf(after, heads) == width || rewritten.Attributes.ContainsKey("scale")
            ? rewritten
            : rewritten.With("scale", new AttributeValue.Float(1 / MathF.Sqrt(width))));
    }

    /// <inheritdoc/>
    public override long Macs(NodeView node)
    {
        var (queries, keys, output) = (node.InputShape(0), node.InputShape(1), node.OutputShape());
        var times = (keys.Length == 4 ? keys[2] : keys[1]) + (node.HasInput(Past) ? node.InputShape(Past)[2] : 0);
        return (TensorData.Count(queries) + TensorData.Count(output)) * times;
    }

    /// <inheritdoc/>
    public override IEnumerable<AxisRef> Contracted(NodeView node) =>
        IsJoined(node) ? [node.In(0, 2)] : [node.In(0, 3), node.In(1, 3)];

    private static bool IsJoined(NodeView node) => node.InputShape(0).Length == 3;

    private static (int Heads, int KeyHeads) Counts(NodeView node) => IsJoined(node)
        ? ((int)node.Node.GetInt("q_num_heads", 0), (int)node.Node.GetInt("kv_num_heads", 0))
        : (node.InputShape(0)[1], node.InputShape(1)[1]);

    private static int QueryWidthOf(NodeView node) => QueryWidthOf(node, Counts(node).Heads);

    private static int QueryWidthOf(NodeView node, int heads) => IsJoined(node) ? node.InputShape(0)[2] / heads : node.InputShape(0)[3];

    private static AxisRef HeadAxis(NodeView node) => IsJoined(node) ? node.Inner(Heads) : node.In(0, 1);

    private static AxisRef KeyHeadAxis(NodeView node) => IsJoined(node) ? node.Inner(KeyHeads) : node.In(1, 1);

    private static IEnumerable<AxisRelation> Joined(NodeView node)
    {
        (AxisRef Axis, int Extent) Of(string name) => (node.Inner(name), node.InnerExtent(name));
        return
        [
            .. AxisRelation.Product.RowMajor(node.In(0, 2), Of(Heads), Of(QueryWidth)),
            .. AxisRelation.Product.RowMajor(node.In(1, 2), Of(KeyHeads), Of(QueryWidth)),
            .. AxisRelation.Product.RowMajor(node.In(2, 2), Of(KeyHeads), Of(ValueWidth)),
            .. AxisRelation.Product.RowMajor(node.Out(2), Of(Heads), Of(ValueWidth)),
        ];
    }

    private static IEnumerable<AxisRelation> Apart(NodeView node) =>
    [
        new AxisRelation.Tied(node.In(0, 1), node.Out(1)),
        new AxisRelation.Tied(node.In(1, 1), node.In(2, 1)),
        new AxisRelation.Tied(node.In(0, 3), node.In(1, 3)),
        new AxisRelation.Tied(node.In(2, 3), node.Out(3)),
    ];

    // Mask and scores have an axis of query heads, kept keys and values one of key heads.
    private static IEnumerable<AxisRelation> Others(NodeView node, int heads)
    {
        if (node.HasInput(Mask) && node.InputShape(Mask) is { Length: > 2 } mask && mask[^3] == heads)
        {
            yield return new AxisRelation.Tied(HeadAxis(node), node.In(Mask, mask.Length - 3));
        }

        var joined = IsJoined(node);
        AxisRef[] widths = joined ? [node.Inner(QueryWidth), node.Inner(ValueWidth)] : [node.In(0, 3), node.Out(3)];
        for (var kind = 0; kind < 2; kind++)
        {
            AxisRef?[] caches =
            [
                node.HasInput(Past + kind) ? node.In(Past + kind, 0) : null,
                kind + 1 < node.Node.Outputs.Length && node.Node.Outputs[kind + 1].Length > 0 ? node.Out(0, kind + 1) : null,
            ];
            foreach (var cache in caches.OfType<AxisRef>())
            {
                yield return new AxisRelation.Tied(KeyHeadAxis(node), cache with { Axis = 1 });
                yield return new AxisRelation.Tied(widths[kind], cache with { Axis = 3 });
            }
        }

        if (node.Node.Outputs.Length > 3 && node.Node.Outputs[3].Length > 0)
        {
            yield return new AxisRelation.Tied(HeadAxis(node), node.Out(1, 3));
        }
    }
}
