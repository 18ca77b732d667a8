using ModelSlim.Core.Axes;

namespace ModelSlim.Core.Operators;

/// <summary>
/// Element-wise operators on one input. Further inputs, such as the bounds of Clip, are scalars and have no axes; only the type of
/// CastLike's second input counts.
/// </summary>
public sealed class Unary : Operator
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } =
    [
        "Abs", "Acos", "Acosh", "Asin", "Asinh", "Atan", "Atanh", "BitwiseNot", "Cast", "CastLike", "Ceil",
        "Celu", "Clip", "Cos", "Cosh", "Dropout", "Elu", "Erf", "Exp", "Floor", "Gelu", "HardSigmoid", "HardSwish",
        "Identity", "IsInf", "IsNaN", "LeakyRelu", "Log", "Mish", "Neg", "Not", "Reciprocal",
        "Relu", "Round", "Selu", "Shrink", "Sigmoid", "Sign", "Sin", "Sinh", "Softplus", "Softsign",
        "Sqrt", "Swish", "Tan", "Tanh", "ThresholdedRelu",
    ];

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

        for (var axis = 0; node.Node.OpType == "CastLike" && axis < node.InputShape(1).Length; axis++)
        {
            yield return new AxisRelation.Tied(node.In(1, axis), node.In(1, axis));
        }
    }
}
