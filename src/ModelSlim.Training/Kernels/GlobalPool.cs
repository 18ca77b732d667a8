using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>
/// ONNX GlobalAveragePool, GlobalMaxPool (opset 1) and GlobalLpPool (opset 1, 2; norm of order <c>p</c>, 2): X [N, C, ...] to
/// Y [N, C, 1, ...].
/// </summary>
public sealed class GlobalPool : Kernel
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["GlobalAveragePool", "GlobalLpPool", "GlobalMaxPool"];

    /// <inheritdoc/>
    public override Tensor Run(KernelCall call)
    {
        var value = call.Input(0);
        long[] spatial = [.. Enumerable.Range(2, (int)value.dim() - 2).Select(axis => (long)axis)];
        switch (call.Node.OpType)
        {
            case "GlobalAveragePool":
                return value.mean(spatial, keepdim: true);
            case "GlobalMaxPool":
                return value.amax(spatial, keepdim: true);
            default:
                var order = call.Node.GetInt("p", 2);
                return Power.Of(Power.Of(value.abs(), order).sum(spatial, keepdim: true), 1.0 / order);
        }
    }
}
