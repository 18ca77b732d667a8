using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;
using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>ONNX Runtime's FusedGemm: Gemm, then an activation.</summary>
public sealed class FusedGemm : Kernel
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["FusedGemm"];

    /// <inheritdoc/>
    public override string Domain => "com.microsoft";

    /// <inheritdoc/>
    public override InputRole Role(int input, TensorData? constant) => InputRole.Weight;

    /// <inheritdoc/>
    public override string? Refuse(Node node, int opset) => FusedActivation.Refuse(node);

    /// <inheritdoc/>
    public override Tensor Run(KernelCall call) => FusedActivation.Of(call.Node, Gemm.Multiply(call));
}
