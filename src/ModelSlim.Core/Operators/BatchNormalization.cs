using ModelSlim.Core.Axes;

namespace ModelSlim.Core.Operators;

/// <summary>ONNX BatchNormalization (opset 7, 9, 14, 15), inference form: X [N, C, ...] with scale, B, mean and var [C].</summary>
public sealed class BatchNormalization : Operator
{
    private const int FirstStatistic = 3;

    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["BatchNormalization"];

    /// <inheritdoc/>
    public override IEnumerable<AxisRelation> Relate(NodeView node)
    {
        if (node.Node.GetInt("training_mode", 0) != 0)
        {
            yield break;
        }

        for (var axis = 0; axis < node.InputShape(0).Length; axis++)
        {
            yield return new AxisRelation.Tied(node.In(0, axis), node.Out(axis));
        }

        for (var input = 1; input < node.InputCount; input++)
        {
            yield return new AxisRelation.Tied(node.In(0, 1), node.In(input, 0));
        }
    }

    /// <inheritdoc/>
    public override bool IsStatistic(int input) => input >= FirstStatistic;
}
