using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;
using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>ONNX ConstantOfShape (opset 9, 20): a tensor filled with <c>value</c> (float 0).</summary>
public sealed class ConstantOfShape : Kernel
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["ConstantOfShape"];

    /// <inheritdoc/>
    public override Tensor Run(KernelCall call)
    {
        var shape = call.Integers(0, "") ?? throw new InvalidDataException($"{call.Node.Label} has no shape.");
        return call.Node.GetTensor("value") switch
        {
            null => zeros(shape, call.Real),
            { IsFloatingPoint: true } number => full(shape, number.ToSingles()[0], call.Real),
            { Type: ElementType.Bool or ElementType.UInt8 or ElementType.Int8 } flag =>
                full(shape, flag.Bytes.Span[0], Cast.Of(flag.Type, call.Real)),
            var integer => full(shape, integer.ToInt64s()[0], ScalarType.Int64),
        };
    }

    /// <inheritdoc/>
    public override string? Refuse(Node node, int opset) =>
        node.GetTensor("value") is null or { Type: not (ElementType.Int16 or ElementType.UInt16 or ElementType.UInt32 or ElementType.UInt64) }
            ? null
            : "it makes integers of a rare type";
}
