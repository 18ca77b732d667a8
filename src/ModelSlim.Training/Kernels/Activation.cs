using System.Collections.Immutable;
using ModelSlim.Core.Graphs;
using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>ONNX's functions of one value that attributes shape, each with the defaults of the specification.</summary>
public sealed class Activation : Kernel
{
    private const float SeluAlpha = 1.67326319217681884765625f;
    private const float SeluGamma = 1.05070102214813232421875f;

    private static readonly ImmutableSortedDictionary<string, Func<Node, Tensor, Tensor>> Functions =
        new Dictionary<string, Func<Node, Tensor, Tensor>>
        {
            ["Affine"] = (node, value) => value.mul(node.GetFloat("alpha", 1)).add(node.GetFloat("beta", 0)),
            ["Celu"] = (node, value) => value.div(node.GetFloat("alpha", 1)).elu().mul(node.GetFloat("alpha", 1)),
            ["Elu"] = (node, value) => value.elu(node.GetFloat("alpha", 1)),
            ["Gelu"] = (node, value) => node.GetText("approximate", "none") == "tanh" ? GaussianError.Approximate(value) : GaussianError.Exact(value),
            ["ParametricSoftplus"] = (node, value) => value.mul(node.GetFloat("beta", 1)).softplus().mul(node.GetFloat("alpha", 1)),
            ["ScaledTanh"] = (node, value) => value.mul(node.GetFloat("beta", 1)).tanh().mul(node.GetFloat("alpha", 1)),
            ["Selu"] = (node, value) => value.elu(node.GetFloat("alpha", SeluAlpha)).mul(node.GetFloat("gamma", SeluGamma)),
            ["Shrink"] = (node, value) => Shrink(value, node.GetFloat("lambd", 0.5f), node.GetFloat("bias", 0)),
            ["Swish"] = (node, value) => value.mul(value.mul(node.GetFloat("alpha", 1)).sigmoid()),
            ["ThresholdedRelu"] = (node, value) => value.mul(value.gt(node.GetFloat("alpha", 1)).to(value.dtype)),
        }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = [.. Functions.Keys];

    /// <inheritdoc/>
    public override Tensor Run(KernelCall call) => Functions[call.Node.OpType](call.Node, call.Input(0));

    private static Tensor Shrink(Tensor value, double threshold, double bias)
    {
        var (high, low) = (value.gt(threshold).to(value.dtype), value.lt(-threshold).to(value.dtype));
        return value.sub(bias).mul(high).add(value.add(bias).mul(low));
    }
}
