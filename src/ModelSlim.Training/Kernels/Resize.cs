using ModelSlim.Core.Graphs;
using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>
/// ONNX Resize (opset 10, 11, 13, 18, 19) and Upsample (opset 7, 9): nearest, linear and cubic, by scales or sizes, one axis
/// after the other. A size that states the batch of the file leaves the batch of the run alone.
/// </summary>
public sealed class Resize : Kernel
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["Resize", "Upsample"];

    /// <inheritdoc/>
    public override string? Refuse(Node node, int opset) =>
        node.GetText("coordinate_transformation_mode", "") == "tf_crop_and_resize" ? "it crops (tf_crop_and_resize)"
        : node.GetInt("antialias", 0) != 0 ? "it smooths before it shrinks (antialias)"
        : null;

    /// <inheritdoc/>
    public override Tensor Run(KernelCall call)
    {
        var value = call.Input(0);
        var node = call.Node;
        var axes = node.GetInts("axes") is { IsDefault: false } stated
            ? stated.Select(axis => KernelCall.FromFront(axis, value.dim())).ToArray()
            : [.. Enumerable.Range(0, (int)value.dim())];
        var scales = Scales(call);
        var sizes = node.OpType == "Resize" && call.Opset >= 11 && call.Optional(3) is { } given && given.numel() > 0 ? call.Integers(3, "") : null;
        if (sizes is not null)
        {
            scales = Fit(node, [.. axes.Select((axis, place) => sizes[place] / (float)value.shape[axis])]);
        }

        var (mode, rounding) = Modes(node, call.Opset);
        var result = value.alias();
        for (var place = 0; place < axes.Length; place++)
        {
            var (axis, input) = (axes[place], value.shape[axes[place]]);
            var scale = scales![place];
            var output = sizes is null ? (long)MathF.Floor(input * scale)
                : node.GetText("keep_aspect_ratio_policy", "stretch") == "stretch" ? sizes[place]
                : (long)MathF.Round(input * scale, MidpointRounding.AwayFromZero);
            if ((scale != 1 || output != input) && !StatesBatch(axis, output, call.Batch))
            {
                result = Along(result, axis, ResizeTaps.Of(node, new ResizeCoordinates(mode, rounding, input, output, scale), input, output));
            }
        }

        return result;
    }

    private static bool StatesBatch(int axis, long output, BatchAxis batch) => axis == 0 && output == batch.Traced;

    private static float[]? Scales(KernelCall call)
    {
        var input = call.Node.OpType == "Resize" && call.Opset >= 11 ? 2 : 1;
        if (call.Optional(input) is { } tensor && tensor.numel() > 0)
        {
            using var single = tensor.to(ScalarType.Float32).contiguous();
            return single.data<float>().ToArray();
        }

        return call.Node.Attributes.GetValueOrDefault("scales") is AttributeValue.Floats { Values: var values } ? [.. values] : null;
    }

    private static float[] Fit(Node node, float[] scales) => node.GetText("keep_aspect_ratio_policy", "stretch") switch
    {
        "not_larger" => [.. scales.Select(_ => scales.Min())],
        "not_smaller" => [.. scales.Select(_ => scales.Max())],
        _ => scales,
    };

    private static (string Mode, string Rounding) Modes(Node node, int opset) => node.OpType == "Upsample" || opset < 11
        ? ("asymmetric", "floor")
        : (node.GetText("coordinate_transformation_mode", "half_pixel"), node.GetText("nearest_mode", "round_prefer_floor"));

    private static Tensor Along(Tensor value, int axis, ResizeTaps taps)
    {
        long[] column = [-1, .. Enumerable.Repeat(1L, (int)value.dim() - 1 - axis)];
        Tensor? sum = null;
        for (var tap = 0; tap < taps.Sources.Length; tap++)
        {
            var part = value.index_select(axis, tensor(taps.Sources[tap]));
            if (taps.Weights[tap].Any(weight => weight != 1))
            {
                part = part.mul(tensor(taps.Weights[tap], value.dtype).reshape(column));
            }

            sum = sum is null ? part : sum.add(part);
        }

        return sum!;
    }
}
