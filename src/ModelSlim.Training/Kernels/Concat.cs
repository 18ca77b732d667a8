using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>ONNX Concat (opset 4, 11, 13): inputs one after the other along <c>axis</c>.</summary>
public sealed class Concat : Kernel
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["Concat"];

    /// <inheritdoc/>
    public override Tensor Run(KernelCall call) =>
        cat([.. call.Inputs.Select((_, index) => call.Input(index))], call.Node.GetInt("axis", 1));
}
