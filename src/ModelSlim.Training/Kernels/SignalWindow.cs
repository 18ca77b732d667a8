using System.Collections.Immutable;
using ModelSlim.Core.Tensors;
using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>ONNX's windows of signals (opset 17): sums of cosines over one period, or from end to end with <c>periodic</c> 0.</summary>
public sealed class SignalWindow : Kernel
{
    // The mean, and how far the first and second cosine reach.
    private static readonly ImmutableSortedDictionary<string, (double Mean, double First, double Second)> Shapes =
        new Dictionary<string, (double, double, double)>
        {
            ["BlackmanWindow"] = (0.42, 0.5, 0.08),
            ["HammingWindow"] = (25.0 / 46, 21.0 / 46, 0),
            ["HannWindow"] = (0.5, 0.5, 0),
        }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = [.. Shapes.Keys];

    /// <inheritdoc/>
    public override Tensor Run(KernelCall call)
    {
        var (mean, first, second) = Shapes[call.Node.OpType];
        var length = (long)call.Number(0)!.Value;
        var period = call.Node.GetInt("periodic", 1) != 0 ? length : length - 1;
        var angle = arange(length).to(ScalarType.Float64).mul(2 * Math.PI / Math.Max(1, period));
        var window = angle.cos().mul(-first).add(mean).add(angle.mul(2).cos().mul(second));
        return window.to(Cast.Of((ElementType)call.Node.GetInt("output_datatype", (long)ElementType.Float), call.Real));
    }
}
