using ModelSlim.Core.Graphs;
using TorchSharp;
using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>
/// ONNX Pad with the modes constant, reflect, edge and wrap: amounts as an attribute (opset 2) or an input (opset 11, 13, 18,
/// 19), which may name axes. Negative amounts crop.
/// </summary>
public sealed class Pad : Kernel
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["Pad"];

    /// <inheritdoc/>
    public override string? Refuse(Node node, int opset) =>
        node.GetText("mode", "constant") is "constant" or "reflect" or "edge" or "wrap" ? null : "it has a mode of its own";

    /// <inheritdoc/>
    public override Tensor Run(KernelCall call)
    {
        var value = call.Input(0);
        var rank = (int)value.dim();
        var amounts = call.Integers(1, "pads") ?? throw new InvalidDataException($"{call.Node.Label} has no pads.");
        var axes = call.Optional(3) is null ? null : call.Integers(3, "axes");
        axes ??= [.. Enumerable.Range(0, rank).Select(axis => (long)axis)];
        var mode = call.Node.GetText("mode", "constant");
        var filler = call.Number(2) ?? call.Node.GetFloat("value", 0);
        var result = value.alias();
        for (var place = 0; place < axes.Length; place++)
        {
            var axis = KernelCall.FromFront(axes[place], rank);
            var (before, after) = (amounts[place], amounts[place + axes.Length]);
            if (before != 0 || after != 0)
            {
                result = mode == "constant"
                    ? WithConstant(result, axis, before, after, filler)
                    : result.index_select(axis, tensor(Sources(mode, result.shape[axis], before, after)));
            }
        }

        return result;
    }

    private static Tensor WithConstant(Tensor value, int axis, long before, long after, double filler)
    {
        // torch lists the last axis first.
        var torchPads = new long[2 * ((int)value.dim() - axis)];
        (torchPads[^2], torchPads[^1]) = (before, after);
        return nn.functional.pad(value, torchPads, PaddingModes.Constant, filler);
    }

    private static long[] Sources(string mode, long extent, long before, long after)
    {
        var sources = new long[extent + before + after];
        for (var place = 0; place < sources.Length; place++)
        {
            var position = place - before;
            sources[place] = mode switch
            {
                "edge" => Math.Clamp(position, 0, extent - 1),
                "wrap" => ((position % extent) + extent) % extent,
                _ => Reflected(position, extent),
            };
        }

        return sources;
    }

    private static long Reflected(long position, long extent)
    {
        var period = Math.Max(1, 2 * (extent - 1));
        var place = ((position % period) + period) % period;
        return place < extent ? place : period - place;
    }
}
