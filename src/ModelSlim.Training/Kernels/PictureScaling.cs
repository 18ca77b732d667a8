using ModelSlim.Core.Graphs;
using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>ONNX ImageScaler (opset 1): X [N, C, H, W] times <c>scale</c>, plus <c>bias</c>, a number for each channel.</summary>
public sealed class PictureScaling : Kernel
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["ImageScaler"];

    /// <inheritdoc/>
    public override Tensor Run(KernelCall call)
    {
        var scaled = call.Input(0).mul(call.Node.GetFloat("scale", 1));
        return call.Node.Attributes.GetValueOrDefault("bias") is AttributeValue.Floats bias
            ? scaled.add(tensor(bias.Values.ToArray()).to(scaled.dtype).reshape(1, -1, 1, 1))
            : scaled;
    }
}
