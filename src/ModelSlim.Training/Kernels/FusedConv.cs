using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;
using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>ONNX Runtime's FusedConv: Conv, plus Z where there is one, then an activation.</summary>
public sealed class FusedConv : Kernel
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["FusedConv"];

    /// <inheritdoc/>
    public override string Domain => "com.microsoft";

    /// <inheritdoc/>
    public override InputRole Role(int input, TensorData? constant) => input is 1 or 2 ? InputRole.Weight : InputRole.Setting;

    /// <inheritdoc/>
    public override string? Refuse(Node node, int opset) => FusedActivation.Refuse(node);

    /// <inheritdoc/>
    public override Tensor Run(KernelCall call)
    {
        var sums = Conv.Convolve(call);
        return FusedActivation.Of(call.Node, call.Optional(3) is { } addend ? sums.add(addend) : sums);
    }
}
