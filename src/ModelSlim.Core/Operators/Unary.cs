using ModelSlim.Core.Axes;
using ModelSlim.Core.Graphs;

namespace ModelSlim.Core.Operators;

/// <summary>
/// Element-wise operators on one input. Further inputs, such as the bounds of Clip, are scalars and have no axes.
/// </summary>
public sealed class Unary : Operator
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } =
    [
        "Abs", "Cast", "Ceil", "Celu", "Clip", "Cos", "Dropout", "Elu", "Erf", "Exp", "Floor", "Gelu", "HardSigmoid",
        "HardSwish", "Identity", "LeakyRelu", "Log", "Mish", "Neg", "Reciprocal", "Relu", "Round", "Selu", "Sigmoid", "Sign",
        "Sin", "Softplus", "Softsign", "Sqrt", "Tanh", "ThresholdedRelu",
    ];

    /// <inheritdoc/>
    public override DataMovement? Movement(Node node) =>
        node.OpType is "Cast" or "Identity" ? DataMovement.OfFirst with { IntegersOnly = true } : null;

    /// <inheritdoc/>
    public override IEnumerable<AxisRelation> Relate(NodeView node)
    {
        for (var output = 0; output < node.Node.Outputs.Length; output++)
        {
            if (node.Node.Outputs[output].Length == 0)
            {
                continue;
            }

            for (var axis = 0; axis < node.InputShape(0).Length; axis++)
            {
                yield return new AxisRelation.Tied(node.In(0, axis), node.Out(axis, output));
            }
        }
    }
}
