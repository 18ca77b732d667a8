using ModelSlim.Core.Axes;

namespace ModelSlim.Core.Operators;

/// <summary>
/// ONNX GatherND (opset 11, 12, 13) and ScatterND (opset 11, 13, 16, 18): the last axis of <c>indices</c> [..., k] says which k axes of
/// the data are indexed. Those stay whole; the axes after them are carried on.
/// </summary>
public sealed class SliceGather : Operator
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["GatherND", "ScatterND"];

    /// <inheritdoc/>
    public override IEnumerable<AxisRelation> Relate(NodeView node)
    {
        var (data, indices) = (node.InputShape(0), node.InputShape(1));
        var scatters = node.Node.OpType == "ScatterND";
        var batches = scatters ? 0 : (int)node.Node.GetInt("batch_dims", 0);
        var indexed = batches + indices[^1];

        // What is gathered or scattered has the axes of indices but the last, then those of the data that are not indexed.
        // Each index that scatters leaves its mark on the output.
        AxisRef Slices(int axis) => scatters ? node.In(2, axis) : node.Out(axis);
        for (var axis = 0; axis < indices.Length - 1 && !scatters; axis++)
        {
            yield return new AxisRelation.Tied(node.In(1, axis), Slices(axis));
        }

        for (var axis = 0; axis < data.Length; axis++)
        {
            if (axis < batches)
            {
                yield return new AxisRelation.Tied(node.In(0, axis), node.In(1, axis));
            }
            else if (axis < indexed)
            {
                yield return new AxisRelation.Frozen(node.In(0, axis), "its places are looked up by indices");
            }
            else
            {
                yield return new AxisRelation.Tied(node.In(0, axis), Slices(axis - indexed + indices.Length - 1));
            }

            if (scatters)
            {
                yield return new AxisRelation.Tied(node.In(0, axis), node.Out(axis));
            }
        }
    }
}
