using ModelSlim.Core.Axes;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Core.Operators;

/// <summary>
/// ONNX Split (opset 2 and 11 with attribute <c>split</c>; 13 with an input of that name; 18 with <c>num_outputs</c>): parts of one
/// axis, of the stated or of equal sizes.
/// </summary>
public sealed class Split : Operator
{
    private const int SizesInput = 1;
    private const int FirstOpsetWithInput = 13;

    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["Split"];

    /// <inheritdoc/>
    public override IReadOnlyList<int> SizeInputs { get; } = [SizesInput];

    /// <inheritdoc/>
    public override DataMovement Movement(Node node) => DataMovement.OfFirst with { IntegersOnly = true };

    /// <inheritdoc/>
    public override IEnumerable<AxisRelation> Relate(NodeView node)
    {
        if (node.Node.Outputs.Any(output => output.Length == 0))
        {
            yield break;
        }

        var follows = !node.HasInput(SizesInput) || !node.Integers(SizesInput).IsDefault;
        var rank = node.InputShape(0).Length;
        var split = Axis(node);
        var offset = 0;
        for (var output = 0; output < node.Node.Outputs.Length; output++)
        {
            for (var axis = 0; axis < rank; axis++)
            {
                if (axis != split)
                {
                    yield return new AxisRelation.Tied(node.In(0, axis), node.Out(axis, output));
                }
                else if (follows)
                {
                    yield return new AxisRelation.Part(node.In(0, axis), offset, node.Out(axis, output));
                }
            }

            offset += node.OutputShape(output)[split];
        }
    }

    /// <inheritdoc/>
    public override NodeRewrite Rewrite(NodeView before, NodeView after)
    {
        var split = Axis(before);
        long[] sizes = [.. Enumerable.Range(0, before.Node.Outputs.Length).Select(output => (long)after.OutputShape(output)[split])];
        if (before.HasInput(SizesInput))
        {
            return new NodeRewrite(before.Node).WithSizes(SizesInput, [.. sizes]);
        }

        var stated = before.Node.Attributes.ContainsKey("split");
        if (stated ? before.Node.GetInts("split").SequenceEqual(sizes) : IsEven(sizes, before.Node.Attributes.ContainsKey("num_outputs")))
        {
            return new NodeRewrite(before.Node);
        }

        // A number of outputs and their sizes may not both be stated.
        return before.Opset < FirstOpsetWithInput
            ? new NodeRewrite(before.Node.With("split", new AttributeValue.Ints([.. sizes])))
            : new NodeRewrite(before.Node with { Attributes = before.Node.Attributes.Remove("num_outputs") })
                .WithConstant(SizesInput, TensorData.From([sizes.Length], sizes));
    }

    // Parts are of one size; where their number is stated, the last may be smaller.
    private static bool IsEven(long[] sizes, bool isNumberStated)
    {
        var size = (sizes.Sum() + sizes.Length - 1) / sizes.Length;
        return sizes[..^1].All(part => part == size) && (isNumberStated || sizes[^1] == size);
    }

    private static int Axis(NodeView node)
    {
        var axis = (int)node.Node.GetInt("axis", 0);
        return axis < 0 ? axis + node.InputShape(0).Length : axis;
    }
}
