using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>
/// ONNX Concat (opset 4, 11, 13): inputs one after the other along <c>axis</c>. A constant that was made for the batch of the
/// file, such as a class token or padding, is repeated for the batch of the run.
/// </summary>
public sealed class Concat : Kernel
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["Concat"];

    /// <inheritdoc/>
    public override bool Passes(int input) => true;

    /// <inheritdoc/>
    public override Tensor Run(KernelCall call)
    {
        Tensor[] parts = [.. call.Inputs.Select((_, index) => call.Input(index))];
        var axis = call.Axis("axis", 1, parts[0].dim());
        if (axis != 0 && parts.Any(part => part.shape[0] == call.Batch.Extent))
        {
            parts = [.. parts.Select(part => ForBatch(part, call.Batch))];
        }

        return cat(parts, axis);
    }

    private static Tensor ForBatch(Tensor part, BatchAxis batch) =>
        part.shape[0] == batch.Extent || part.shape[0] != batch.Traced || batch.Extent % batch.Traced != 0
            ? part
            : part.repeat([batch.Extent / batch.Traced, .. Enumerable.Repeat(1L, (int)part.dim() - 1)]);
}
