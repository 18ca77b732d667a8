using ModelSlim.Core.Axes;
using ModelSlim.Core.Graphs;

namespace ModelSlim.Core.Operators;

/// <summary>com.microsoft operators on quantized values, which ONNX Runtime's quantizer writes: no channel gets through.</summary>
public sealed class QuantizedContribution : Operator
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } =
    [
        "DequantizeLinear", "DynamicQuantizeLSTM", "DynamicQuantizeMatMul", "MatMulInteger16", "MatMulIntegerToFloat", "MatMulNBits",
        "QAttention", "QGemm", "QLinearAdd", "QLinearAveragePool", "QLinearConcat", "QLinearGlobalAveragePool", "QLinearLeakyRelu",
        "QLinearMul", "QLinearSigmoid", "QLinearSoftmax", "QLinearWhere", "QuantizeLinear",
    ];

    /// <inheritdoc/>
    public override string Domain => "com.microsoft";

    /// <inheritdoc/>
    public override IEnumerable<AxisRelation> Relate(NodeView node) => FrozenOperator.Freeze(node, FrozenOperator.Quantized);

    /// <inheritdoc/>
    public override string? Barrier(string opType) => FrozenOperator.Quantized;

    /// <inheritdoc/>
    public override bool Jumps(Node node) => true;
}
