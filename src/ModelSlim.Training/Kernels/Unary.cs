using System.Collections.Immutable;
using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>
/// ONNX's functions of one value without attributes (every opset from 6 on, or from the one that brought the function). Steps,
/// such as Floor, have the gradient 0. Atan is atan2 with 1: the bits of atan alone, which MKL computes, depend on the CPU.
/// </summary>
public sealed class Unary : Kernel
{
    private static readonly ImmutableSortedDictionary<string, Func<Tensor, Tensor>> Functions =
        new Dictionary<string, Func<Tensor, Tensor>>
        {
            ["Abs"] = value => value.abs(),
            ["Acos"] = value => value.acos(),
            ["Acosh"] = value => value.acosh(),
            ["Asin"] = value => value.asin(),
            ["Asinh"] = value => value.asinh(),
            ["Atan"] = value => value.atan2(ones_like(value)),
            ["Atanh"] = value => value.atanh(),
            ["Ceil"] = value => value.ceil(),
            ["Cos"] = value => value.cos(),
            ["Cosh"] = value => value.cosh(),
            ["Erf"] = value => value.erf(),
            ["Exp"] = value => value.exp(),
            ["Floor"] = value => value.floor(),
            ["IsInf"] = value => value.isinf(),
            ["IsNaN"] = value => value.isnan(),
            ["Log"] = value => value.log(),
            ["Mish"] = value => value.mul(value.softplus().tanh()),
            ["Neg"] = value => value.neg(),
            ["Not"] = value => value.logical_not(),
            ["Reciprocal"] = value => value.reciprocal(),
            ["Round"] = value => value.round(),
            ["Sign"] = value => value.sign(),
            ["Sin"] = value => value.sin(),
            ["Sinh"] = value => value.sinh(),
            ["Softplus"] = value => value.softplus(),
            ["Softsign"] = value => value.div(value.abs().add(1)),
            ["Sqrt"] = SquareRoot.Of,
            ["Tan"] = value => value.tan(),
            ["Tanh"] = value => value.tanh(),
        }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = [.. Functions.Keys];

    /// <inheritdoc/>
    public override Tensor Run(KernelCall call) => Functions[call.Node.OpType](call.Input(0));
}
