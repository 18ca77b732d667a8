using ModelSlim.Core.Axes;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Core.Operators;

/// <summary>
/// ONNX RNN, GRU (opset 1, 3, 7, 14, 22) and LSTM (opset 1, 7, 14, 22) with hidden size H and g gates (1, 3, 4): X [T, N, I],
/// W [D, g H, I], R [D, g H, H], B [D, 2 g H], sequence_lens [N], initial_h and initial_c [D, N, H], P [D, 3 H] to
/// Y [T, D, N, H], Y_h and Y_c [D, N, H]; where <c>layout</c> is 1, N comes first in X, Y and the states. A hidden unit has the
/// same place in each gate, and in both directions.
/// </summary>
public sealed class Recurrent : Operator
{
    private const int InputWeights = 1;
    private const int StateWeights = 2;
    private const int Bias = 3;
    private const int Lengths = 4;
    private const int FirstState = 5;
    private const int Peepholes = 7;

    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["GRU", "LSTM", "RNN"];

    /// <inheritdoc/>
    public override IEnumerable<AxisRelation> Relate(NodeView node)
    {
        var unit = node.In(StateWeights, 2);
        yield return new AxisRelation.Tied(node.In(0, 2), node.In(InputWeights, 2));
        foreach (var gates in new[] { InputWeights, StateWeights, Bias, Peepholes }.Where(node.HasInput))
        {
            yield return new AxisRelation.Repeated(unit, node.In(gates, 1));
        }

        // A time step changes those after it, and a direction has a weight of its own: neither can go.
        var batchFirst = node.Node.GetInt("layout", 0) != 0;
        var batch = node.In(0, batchFirst ? 0 : 1);
        if (node.HasInput(Lengths))
        {
            yield return new AxisRelation.Tied(batch, node.In(Lengths, 0));
        }

        foreach (var state in new[] { FirstState, FirstState + 1 }.Where(node.HasInput))
        {
            yield return new AxisRelation.Tied(batch, node.In(state, batchFirst ? 0 : 1));
            yield return new AxisRelation.Tied(unit, node.In(state, 2));
        }

        for (var output = 0; output < node.Node.Outputs.Length; output++)
        {
            if (node.Node.Outputs[output].Length > 0)
            {
                var rank = node.OutputShape(output).Length;
                yield return new AxisRelation.Tied(batch, node.Out(batchFirst ? 0 : rank - 2, output));
                yield return new AxisRelation.Tied(unit, node.Out(rank - 1, output));
            }
        }
    }

    /// <inheritdoc/>
    public override NodeRewrite Rewrite(NodeView before, NodeView after) => new(before.Node.Attributes.ContainsKey("hidden_size")
        ? before.Node.With("hidden_size", new AttributeValue.Int(after.InputShape(StateWeights)[2]))
        : before.Node);

    /// <inheritdoc/>
    public override long Macs(NodeView node)
    {
        // Each step of each sequence multiplies by both matrices of every direction; peepholes are element-wise.
        var x = node.InputShape(0);
        return (long)x[0] * x[1] * (TensorData.Count(node.InputShape(InputWeights)) + TensorData.Count(node.InputShape(StateWeights)));
    }

    /// <inheritdoc/>
    public override IEnumerable<AxisRef> Contracted(NodeView node) =>
        [node.In(0, 2), node.In(InputWeights, 2), node.In(StateWeights, 2)];
}
