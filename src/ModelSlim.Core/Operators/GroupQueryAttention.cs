using ModelSlim.Core.Axes;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Core.Operators;

/// <summary>
/// com.microsoft GroupQueryAttention (version 1): queries [B, S, h d], keys and values [B, S, k d], or all three side by side as
/// [B, S, h d + k d + k d], to Y [B, S, h d]. Each key head serves h / k query heads in a row. Past and present keys and values
/// are [B, k, ..., d]. The width d stays: rotations and kernels depend on it.
/// </summary>
public sealed class GroupQueryAttention : Operator
{
    private const string Heads = "heads";
    private const string KeyHeads = "key heads";
    private const string Shared = "heads a key head";
    private const string Keys = "keys";
    private const string Width = "width";
    private const int Past = 3;
    private const int ScoreBias = 10;
    private const int Sink = 11;
    private const int Scales = 12;

    /// <inheritdoc/>
    public override string Domain => "com.microsoft";

    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["GroupQueryAttention"];

    /// <inheritdoc/>
    public override IEnumerable<(string Name, int Extent)> Inner(NodeView node) => Sizes(node) is var (heads, keyHeads, width)
        ? [(Heads, heads), (KeyHeads, keyHeads), (Shared, heads / keyHeads), (Keys, keyHeads * width), (Width, width)]
        : [];

    /// <inheritdoc/>
    public override IEnumerable<AxisRelation> Relate(NodeView node)
    {
        if (Sizes(node) is not var (heads, keyHeads, width))
        {
            return [];
        }

        var whole = node.In(0, 2);
        AxisRelation[] projections = node.HasInput(1)
            ?
            [
                new AxisRelation.Tied(whole, node.Out(2)),
                new AxisRelation.Tied(node.In(1, 2), node.Inner(Keys)),
                new AxisRelation.Tied(node.In(2, 2), node.Inner(Keys)),
            ]
            :
            [
                new AxisRelation.Part(whole, 0, node.Out(2)),
                new AxisRelation.Part(whole, heads * width, node.Inner(Keys)),
                new AxisRelation.Part(whole, (heads + keyHeads) * width, node.Inner(Keys)),
            ];
        return
        [
            .. projections,
            .. AxisRelation.Product.RowMajor(node.Out(2), (node.Inner(Heads), heads), (node.Inner(Width), width)),
            .. AxisRelation.Product.RowMajor(node.Inner(Keys), (node.Inner(KeyHeads), keyHeads), (node.Inner(Width), width)),
            .. AxisRelation.Product.RowMajor(node.Inner(Heads), (node.Inner(KeyHeads), keyHeads), (node.Inner(Shared), heads / keyHeads)),
            new AxisRelation.Frozen(node.Inner(Width), "rotations and kernels depend on the width of a head"),
            .. Others(node, heads),
        ];
    }

    /// <inheritdoc/>
    public override NodeRewrite Rewrite(NodeView before, NodeView after) => new(Sizes(before) is null
        ? before.Node
        : before.Node
            .With("num_heads", new AttributeValue.Int(after.InnerExtent(Heads)))
            .With("kv_num_heads", new AttributeValue.Int(after.InnerExtent(KeyHeads))));

    /// <inheritdoc/>
    public override long Macs(NodeView node)
    {
        if (Sizes(node) is null)
        {
            return 0;
        }

        // Keys and values of past and present lie in the output where there is one.
        var times = node.Node.Outputs.Length > 1 && node.Node.Outputs[1].Length > 0 ? node.OutputShape(1)[2] : node.InputShape(0)[1];
        return 2 * TensorData.Count(node.OutputShape()) * times;
    }

    private static (int Heads, int KeyHeads, int Width)? Sizes(NodeView node)
    {
        var (heads, keyHeads) = ((int)node.Node.GetInt("num_heads", 0), (int)node.Node.GetInt("kv_num_heads", 0));
        var plain = heads > 0 && keyHeads > 0 && heads % keyHeads == 0
            && node.InputShape(0).Length == 3
            && node.HasInput(1) == node.HasInput(2)
            && (!node.HasInput(1) || (node.InputShape(1).Length == 3 && node.InputShape(2).Length == 3))
            && Enumerable.Range(Scales, Math.Max(0, node.InputCount - Scales)).All(input => !node.HasInput(input));
        return plain ? (heads, keyHeads, node.OutputShape()[2] / heads) : null;
    }

    private static IEnumerable<AxisRelation> Others(NodeView node, int heads)
    {
        AxisRef?[] caches =
        [
            .. Enumerable.Range(Past, 2).Select(input => node.HasInput(input) ? node.In(input, 1) : (AxisRef?)null),
            .. Enumerable.Range(1, 2).Select(output =>
                output < node.Node.Outputs.Length && node.Node.Outputs[output].Length > 0 ? node.Out(1, output) : (AxisRef?)null),
        ];
        foreach (var cache in caches.OfType<AxisRef>())
        {
            yield return new AxisRelation.Tied(node.Inner(KeyHeads), cache);
        }

        if (node.HasInput(ScoreBias) && node.InputShape(ScoreBias)[1] == heads)
        {
            yield return new AxisRelation.Tied(node.Inner(Heads), node.In(ScoreBias, 1));
        }

        if (node.HasInput(Sink))
        {
            yield return new AxisRelation.Tied(node.Inner(Heads), node.In(Sink, 0));
        }
    }
}
