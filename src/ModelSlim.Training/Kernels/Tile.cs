using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>ONNX Tile (opset 6, 13): the value as often along each axis as <c>repeats</c> says.</summary>
public sealed class Tile : Kernel
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["Tile"];

    /// <inheritdoc/>
    public override Tensor Run(KernelCall call) => call.Input(0).repeat(
        call.Integers(1, "repeats") ?? throw new InvalidDataException($"{call.Node.Label} has no repeats."));
}
