using ModelSlim.Core.Axes;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Core.Operators;

/// <summary>
/// com.microsoft Attention (version 1), which also projects: X [B, S, I], W [I, q + q + v] and bias [q + q + v] with the weights of
/// queries, keys and values side by side, each h heads, to Y [B, S, v]. With kept keys and values the projections stay whole.
/// </summary>
public sealed class PackedAttention : Operator
{
    private const string Heads = "heads";
    private const string Queries = "queries";
    private const string QueryWidth = "query width";
    private const string ValueWidth = "value width";
    private const int Bias = 2;
    private const int Past = 4;
    private const int ScoreBias = 5;

    /// <inheritdoc/>
    public override string Domain => "com.microsoft";

    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["Attention"];

    /// <inheritdoc/>
    public override IEnumerable<(string Name, int Extent)> Inner(NodeView node) => Sizes(node) is var (heads, queries, values)
        ? [(Heads, heads), (Queries, queries), (QueryWidth, queries / heads), (ValueWidth, values / heads)]
        : [];

    /// <inheritdoc/>
    public override IEnumerable<AxisRelation> Relate(NodeView node)
    {
        yield return new AxisRelation.Tied(node.In(0, 2), node.In(1, 0));
        if (Sizes(node) is not var (heads, queries, values))
        {
            yield break;
        }

        foreach (var (input, axis) in new[] { (1, 1), (Bias, 0) }.Where(packed => node.HasInput(packed.Item1)))
        {
            yield return new AxisRelation.Part(node.In(input, axis), 0, node.Inner(Queries));
            yield return new AxisRelation.Part(node.In(input, axis), queries, node.Inner(Queries));
            yield return new AxisRelation.Part(node.In(input, axis), 2 * queries, node.Out(2));
        }

        AxisRelation[] split =
        [
            .. AxisRelation.Product.RowMajor(node.Inner(Queries), (node.Inner(Heads), heads), (node.Inner(QueryWidth), queries / heads)),
            .. AxisRelation.Product.RowMajor(node.Out(2), (node.Inner(Heads), heads), (node.Inner(ValueWidth), values / heads)),
        ];
        foreach (var relation in split)
        {
            yield return relation;
        }

        if (node.HasInput(ScoreBias) && node.InputShape(ScoreBias)[1] == heads)
        {
            yield return new AxisRelation.Tied(node.Inner(Heads), node.In(ScoreBias, 1));
        }
    }

    /// <inheritdoc/>
    public override NodeRewrite Rewrite(NodeView before, NodeView after)
    {
        if (Sizes(before) is not var (heads, queries, _))
        {
            return new NodeRewrite(before.Node);
        }

        var (left, kept, values) = (after.InnerExtent(Heads), after.InnerExtent(Queries), after.OutputShape()[2]);
        var rewritten = before.Node.With("num_heads", new AttributeValue.Int(left));
        if (kept != values || rewritten.Attributes.ContainsKey("qkv_hidden_sizes"))
        {
            rewritten = rewritten.With("qkv_hidden_sizes", new AttributeValue.Ints([kept, kept, values]));
        }

        // The scale that the width stands for stays; 0 stands for it too.
        return new NodeRewrite(kept / left == queries / heads || rewritten.GetFloat("scale", 0) != 0
            ? rewritten
            : rewritten.With("scale", new AttributeValue.Float(1 / MathF.Sqrt(queries / heads))));
    }

    /// <inheritdoc/>
    public override long Macs(NodeView node)
    {
        var x = node.InputShape(0);
        var (weights, values) = (node.InputShape(1), node.OutputShape()[2]);
        var times = (long)x[1] + (node.HasInput(Past) ? node.InputShape(Past)[3] : 0);
        var queries = Sizes(node) is null ? (weights[1] - values) / 2 : node.InnerExtent(Queries);
        return (long)x[0] * x[1] * (TensorData.Count(weights) + (times * (queries + values)));
    }

    /// <inheritdoc/>
    public override IEnumerable<AxisRef> Contracted(NodeView node) =>
    [
        node.In(0, 2),
        node.In(1, 0),
        // A place of a query without weights and bias is 0 and adds nothing to the scores.
        node.In(1, 1),
        .. node.HasInput(Bias) ? new[] { node.In(Bias, 0) } : [],
    ];

    private static (int Heads, int Queries, int Values)? Sizes(NodeView node)
    {
        var heads = (int)node.Node.GetInt("num_heads", 0);
        var stated = node.Node.GetInts("qkv_hidden_sizes");
        var total = node.Node.Inputs.Length > 1 && node.InputShape(1) is { IsDefault: false, Length: 2 } weights ? weights[1] : 0;
        var (queries, keys, values) = stated is { IsDefault: false, Length: 3 }
            ? ((int)stated[0], (int)stated[1], (int)stated[2])
            : (total / 3, total / 3, total / 3);
        var plain = heads > 0 && queries == keys && queries % heads == 0 && values % heads == 0
            && !node.HasInput(Past)
            && node.Node.Outputs.Skip(1).All(output => output.Length == 0)
            && node.Node.GetInt("do_rotary", 0) == 0;
        return plain ? (heads, queries, values) : null;
    }
}
