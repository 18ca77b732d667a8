using ModelSlim.Core.Axes;

namespace ModelSlim.Core.Operators;

/// <summary>
/// ONNX BatchNormalization (opset 6 to 15), inference form: X [N, C, ...] with scale, B, mean and var [C], or [C, ...] where
/// opset 7 says <c>spatial</c> = 0. Opset 6 infers where it says <c>is_test</c> = 1.
/// </summary>
public sealed class BatchNormalization : Operator
{
    private const int FirstStatistic = 3;
    private const int FirstInferring = 7;

    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["BatchNormalization"];

    /// <inheritdoc/>
    public override IEnumerable<AxisRelation> Relate(NodeView node)
    {
        // The training form puts out statistics too, and they are no channels of X.
        var training = node.Opset < FirstInferring ? node.Node.GetInt("is_test", 0) == 0 : node.Node.GetInt("training_mode", 0) != 0;
        if (training || node.Node.Outputs.Skip(1).Any(output => output.Length > 0))
        {
            yield break;
        }

        var rank = node.InputShape(0).Length;
        for (var axis = 0; axis < rank; axis++)
        {
            yield return new AxisRelation.Tied(node.In(0, axis), node.Out(axis));
        }

        for (var input = 1; input < node.InputCount; input++)
        {
            for (var axis = 0; axis < node.InputShape(input).Length && axis + 1 < rank; axis++)
            {
                yield return new AxisRelation.Tied(node.In(0, axis + 1), node.In(input, axis));
            }
        }
    }

    /// <inheritdoc/>
    public override IEnumerable<Weighing> Weighings(NodeView node) => [new Weighing(1, 0)];

    /// <inheritdoc/>
    public override int? NormalizedScale => 1;

    /// <inheritdoc/>
    public override bool IsStatistic(int input) => input >= FirstStatistic;
}
