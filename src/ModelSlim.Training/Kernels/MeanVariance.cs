using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>ONNX MeanVarianceNormalization (opset 9, 13): to mean 0 and variance 1 over <c>axes</c> ([0, 2, 3]).</summary>
public sealed class MeanVariance : Kernel
{
    private const double Epsilon = 1e-9;

    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["MeanVarianceNormalization"];

    /// <inheritdoc/>
    public override Tensor Run(KernelCall call)
    {
        var value = call.Input(0);
        var axes = call.Node.GetInts("axes") is { IsDefault: false } stated ? stated.ToArray() : [0, 2, 3];
        var centred = value.sub(value.mean(axes, keepdim: true));
        var deviation = SquareRoot.Of(centred.mul(centred).mean(axes, keepdim: true));
        return centred.div(deviation.add(Epsilon));
    }
}
