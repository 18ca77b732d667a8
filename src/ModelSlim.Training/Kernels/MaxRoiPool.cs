using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>
/// ONNX MaxRoiPool (opset 1, 22; Girshick 2015): regions [R, 5], a picture's number and corners, of X [N, C, H, W] become [R, C, h, w]: the
/// largest element of each bin, 0 of an empty one.
/// </summary>
public sealed class MaxRoiPool : Kernel
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["MaxRoiPool"];

    /// <inheritdoc/>
    public override Tensor Run(KernelCall call)
    {
        var value = call.Input(0);
        var pooled = call.Node.GetInts("pooled_shape");
        var scale = call.Node.GetFloat("spatial_scale", 1);
        var regions = call.Input(1).detach().to(ScalarType.Float32).contiguous().data<float>().ToArray();
        var results = new List<Tensor>();
        for (var region = 0; region < regions.Length; region += 5)
        {
            var right = Bins(regions[region + 1] * scale, regions[region + 3] * scale, pooled[1], value.shape[3]);
            var down = Bins(regions[region + 2] * scale, regions[region + 4] * scale, pooled[0], value.shape[2]);
            var picture = value[(long)regions[region]];
            results.Add(stack([.. down.Select(rows => stack([.. right.Select(columns => Largest(picture, rows, columns))], 1))], 1));
        }

        return results.Count == 0 ? zeros([0, value.shape[1], pooled[0], pooled[1]], value.dtype) : stack([.. results], 0);
    }

    private static (long From, long To)[] Bins(float start, float end, long bins, long extent)
    {
        var (first, last) = ((long)MathF.Round(start, MidpointRounding.AwayFromZero), (long)MathF.Round(end, MidpointRounding.AwayFromZero));
        var width = Math.Max(last - first + 1, 1) / (float)bins;
        return
        [
            .. Enumerable.Range(0, (int)bins).Select(bin => (
                Math.Clamp((long)MathF.Floor(bin * width) + first, 0, extent),
                Math.Clamp((long)MathF.Ceiling((bin + 1) * width) + first, 0, extent))),
        ];
    }

    private static Tensor Largest(Tensor picture, (long From, long To) rows, (long From, long To) columns) =>
        rows.To <= rows.From || columns.To <= columns.From
            ? zeros([picture.shape[0]], picture.dtype)
            : picture.narrow(1, rows.From, rows.To - rows.From).narrow(2, columns.From, columns.To - columns.From).amax([1, 2]);
}
