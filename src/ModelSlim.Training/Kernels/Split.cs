using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>
/// ONNX Split along <c>axis</c> (0): sizes as the attribute <c>split</c> (opset 2, 11) or an input (opset 13, 18); without them
/// equal parts, of which the last may be smaller.
/// </summary>
public sealed class Split : MultiOutputKernel
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["Split"];

    /// <inheritdoc/>
    public override bool Passes(int input) => input == 0;

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor?> RunAll(KernelCall call)
    {
        var value = call.Input(0);
        var axis = call.Axis("axis", 0, value.dim());
        var sizes = call.Integers(1, "split") ?? Equal(value.shape[axis], call.Node.Outputs.Length);
        var parts = new Tensor[sizes.Length];
        var start = 0L;
        for (var part = 0; part < parts.Length; part++)
        {
            parts[part] = value.narrow(axis, start, sizes[part]);
            start += sizes[part];
        }

        return parts;
    }

    private static long[] Equal(long extent, int parts)
    {
        var size = (extent + parts - 1) / parts;
        return [.. Enumerable.Range(0, parts).Select(part => Math.Min(size, extent - (part * size)))];
    }
}
