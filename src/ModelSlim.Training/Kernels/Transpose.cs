using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>ONNX Transpose (opset 1, 13): axes in the order of <c>perm</c>, or reversed.</summary>
public sealed class Transpose : Kernel
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["Transpose"];

    /// <inheritdoc/>
    public override bool Passes(int input) => input == 0;

    /// <inheritdoc/>
    public override Tensor Run(KernelCall call)
    {
        var value = call.Input(0);
        var order = call.Node.GetInts("perm");
        return value.permute(order.IsDefault ? [.. Enumerable.Range(0, (int)value.dim()).Reverse().Select(a => (long)a)] : [.. order]);
    }
}
