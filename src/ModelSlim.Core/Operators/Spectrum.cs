using ModelSlim.Core.Axes;
using ModelSlim.Core.Graphs;

namespace ModelSlim.Core.Operators;

/// <summary>
/// ONNX DFT (opset 17 with attribute <c>axis</c>, 20 with an input) and STFT (opset 17): signals become frequencies. What is transformed
/// stays, and so does the last axis, which holds real and imaginary parts; other axes are carried on.
/// </summary>
public sealed class Spectrum : Operator
{
    private const int AxisInput = 2;
    private const int FirstWithAxisInput = 20;

    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["DFT", "STFT"];

    /// <inheritdoc/>
    public override IEnumerable<AxisRelation> Relate(NodeView node)
    {
        if (node.Node.OpType == "STFT")
        {
            yield return new AxisRelation.Tied(node.In(0, 0), node.Out(0));
            yield break;
        }

        var rank = node.InputShape(0).Length;
        for (var axis = 0; Transformed(node, rank) is { } transformed && axis < rank - 1; axis++)
        {
            if (axis != transformed)
            {
                yield return new AxisRelation.Tied(node.In(0, axis), node.Out(axis));
            }
        }
    }

    /// <inheritdoc/>
    public override string Silence(Node node) => $"{node.OpType} makes frequencies of all of it";

    // Null where the axis is computed at run time.
    private static int? Transformed(NodeView node, int rank)
    {
        long? axis = node.Opset < FirstWithAxisInput ? node.Node.GetInt("axis", 1)
            : !node.HasInput(AxisInput) ? -2
            : node.Integers(AxisInput) is { IsDefaultOrEmpty: false } stated ? stated[0] : null;
        return axis is { } known ? (int)(known < 0 ? known + rank : known) : null;
    }
}
