using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>
/// ONNX Slice: starts, ends and axes as attributes (opset 1) or, with steps, as inputs (opset 10, 11, 13). A slice that takes
/// the whole batch that the file was exported for takes the whole batch of the run.
/// </summary>
public sealed class Slice : Kernel
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["Slice"];

    /// <inheritdoc/>
    public override bool Passes(int input) => input == 0;

    /// <inheritdoc/>
    public override Tensor Run(KernelCall call)
    {
        var value = call.Input(0);
        var starts = call.Integers(1, "starts") ?? throw new InvalidDataException($"{call.Node.Label} has no starts.");
        var ends = call.Integers(2, "ends") ?? throw new InvalidDataException($"{call.Node.Label} has no ends.");
        var axes = call.Integers(3, "axes") ?? [.. Enumerable.Range(0, starts.Length).Select(axis => (long)axis)];
        var steps = call.Integers(4, "steps") ?? [.. starts.Select(_ => 1L)];
        var result = value.alias();
        for (var place = 0; place < axes.Length; place++)
        {
            var axis = KernelCall.FromFront(axes[place], value.dim());
            var extent = value.shape[axis];
            if (axis == 0 && starts[place] == 0 && steps[place] == 1 && ends[place] == call.Batch.Traced && extent == call.Batch.Extent)
            {
                continue;
            }

            result = Along(result, axis, extent, starts[place], ends[place], steps[place]);
        }

        return result;
    }

    private static Tensor Along(Tensor value, int axis, long extent, long start, long end, long step)
    {
        start = start < 0 ? start + extent : start;
        end = end < 0 ? end + extent : end;
        if (step > 0)
        {
            start = Math.Clamp(start, 0, extent);
            return value.slice(axis, start, Math.Max(start, Math.Clamp(end, 0, extent)), step);
        }

        // torch has no steps backwards.
        start = Math.Clamp(start, -1, extent - 1);
        end = Math.Clamp(end, -1, extent - 1);
        var indices = new List<long>();
        for (var index = start; index > end; index += step)
        {
            indices.Add(index);
        }

        return value.index_select(axis, tensor(indices.ToArray()));
    }
}
