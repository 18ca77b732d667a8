using ModelSlim.Core.Tensors;
using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>
/// ONNX Runtime's SkipLayerNormalization (input, skip, gamma, beta, bias) and SkipSimplifiedLayerNormalization (input, skip,
/// gamma, bias): the sum, which is output 3, normalized over its last axis, which is output 0.
/// </summary>
public sealed class SkipLayerNormalization : MultiOutputKernel
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["SkipLayerNormalization", "SkipSimplifiedLayerNormalization"];

    /// <inheritdoc/>
    public override string Domain => "com.microsoft";

    /// <inheritdoc/>
    public override bool Computes(int output) => output is 0 or 3;

    /// <inheritdoc/>
    public override InputRole Role(int input, TensorData? constant) => input >= 2 ? InputRole.Weight : InputRole.Setting;

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor?> RunAll(KernelCall call)
    {
        var simplified = call.Node.OpType == "SkipSimplifiedLayerNormalization";
        var sum = call.Input(0).add(call.Input(1));
        if (call.Optional(simplified ? 3 : 4) is { } bias)
        {
            sum = sum.add(bias);
        }

        var axis = (int)sum.dim() - 1;
        var epsilon = call.Node.GetFloat("epsilon", 1e-12f);
        var normal = simplified
            ? LayerNormalization.NormalizeByRoot(sum, axis, epsilon).mul(call.Input(2))
            : LayerNormalization.Normalize(sum, axis, call.Input(2), call.Optional(3), epsilon);
        return [normal, null, null, sum];
    }
}
