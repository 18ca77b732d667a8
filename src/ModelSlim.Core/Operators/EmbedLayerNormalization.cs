using ModelSlim.Core.Axes;

namespace ModelSlim.Core.Operators;

/// <summary>
/// com.microsoft EmbedLayerNormalization: rows of the word, position and segment embeddings (inputs 2 to 4, [V, H]) are added and
/// normalized over H, with gamma and beta [H] (inputs 5 and 6), to [N, S, H]. Output 2 is the sum itself.
/// </summary>
public sealed class EmbedLayerNormalization : Operator
{
    private const int FirstTable = 2;
    private const int FirstVector = 5;
    private const int LastVector = 6;
    private const int Sum = 2;

    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["EmbedLayerNormalization"];

    /// <inheritdoc/>
    public override string Domain => "com.microsoft";

    /// <inheritdoc/>
    public override IEnumerable<AxisRelation> Relate(NodeView node)
    {
        var hidden = node.Out(2);
        for (var input = FirstTable; input <= LastVector; input++)
        {
            if (node.HasInput(input))
            {
                yield return new AxisRelation.Tied(node.In(input, input < FirstVector ? 1 : 0), hidden);
            }
        }

        if (node.Node.Outputs.Length > Sum && node.Node.Outputs[Sum].Length > 0)
        {
            yield return new AxisRelation.Tied(node.Out(2, Sum), hidden);
        }

        yield return new AxisRelation.Mixed(hidden, $"{node.Node.OpType} normalizes over it");
    }
}
