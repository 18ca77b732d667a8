using ModelSlim.Core.Axes;

namespace ModelSlim.Core.Operators;

/// <summary>
/// ONNX ReverseSequence (opset 10): turns the first <c>sequence_lens</c> places of the time axis round, for each place of the batch
/// axis. All axes but time are carried on.
/// </summary>
public sealed class ReverseSequence : Operator
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["ReverseSequence"];

    /// <inheritdoc/>
    public override IEnumerable<AxisRelation> Relate(NodeView node)
    {
        var (batch, time) = ((int)node.Node.GetInt("batch_axis", 1), (int)node.Node.GetInt("time_axis", 0));
        yield return new AxisRelation.Tied(node.In(0, batch), node.In(1, 0));
        for (var axis = 0; axis < node.InputShape(0).Length; axis++)
        {
            if (axis != time)
            {
                yield return new AxisRelation.Tied(node.In(0, axis), node.Out(axis));
            }
        }
    }
}
