using System.Collections.Immutable;
using ModelSlim.Core.Axes;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Core.Operators;

/// <summary>
/// Element-wise operators on one input. Further inputs, such as the bounds of Clip, are scalars and have no axes; only the type of
/// CastLike's second input counts.
/// </summary>
public sealed class Unary : Operator
{
    private static readonly ImmutableHashSet<string> Jumping = ["Ceil", "Floor", "Round", "Sign"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } =
    [
        "Abs", "Acos", "Acosh", "Affine", "Asin", "Asinh", "Atan", "Atanh", "BitwiseNot", "Cast", "CastLike", "Ceil",
        "Celu", "Clip", "Cos", "Cosh", "Dropout", "Elu", "Erf", "Exp", "Floor", "Gelu", "HardSigmoid", "HardSwish",
        "Identity", "IsInf", "IsNaN", "LeakyRelu", "Log", "Mish", "Neg", "Not", "ParametricSoftplus", "Reciprocal",
        "Relu", "Round", "ScaledTanh", "Selu", "Shrink", "Sigmoid", "Sign", "Sin", "Sinh", "Softplus", "Softsign",
        "Sqrt", "Swish", "Tan", "Tanh", "ThresholdedRelu",
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

        for (var axis = 0; node.Node.OpType == "CastLike" && axis < node.InputShape(1).Length; axis++)
        {
            yield return new AxisRelation.Tied(node.In(1, axis), node.In(1, axis));
        }
    }

    /// <inheritdoc/>
    public override bool Jumps(Node node) => Jumping.Contains(node.OpType)
        || (node.OpType == "Cast" && (ElementType)node.GetInt("to", 0)
            is not (ElementType.Float or ElementType.Double or ElementType.Float16 or ElementType.BFloat16));
}
