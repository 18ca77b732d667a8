using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>
/// ONNX RoiAlign (opset 10, 16, 22; He et al. 2017): regions [R, 4] of X [N, C, H, W], each of the picture that is named for it, become
/// [R, C, h, w]: the mean of samples between pixels or, as ONNX Runtime has it, the largest product of a pixel and its weight in a sample.
/// </summary>
public sealed class RoiAlign : Kernel
{
    private const int FirstInTheMiddle = 16;

    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["RoiAlign"];

    /// <inheritdoc/>
    public override Tensor Run(KernelCall call)
    {
        var (value, node) = (call.Input(0), call.Node);
        var pictures = call.Input(2).to(ScalarType.Int64).data<long>().ToArray();
        var (height, width) = (node.GetInt("output_height", 1), node.GetInt("output_width", 1));
        var middle = node.GetText("coordinate_transformation_mode", call.Opset < FirstInTheMiddle ? "output_half_pixel" : "half_pixel") == "half_pixel";
        var regions = call.Input(1).mul(node.GetFloat("spatial_scale", 1)).sub(middle ? 0.5 : 0);
        var largest = node.GetText("mode", "avg") == "max";
        var results = new List<Tensor>();
        for (var region = 0; region < pictures.Length; region++)
        {
            var corners = regions[region];
            var right = Line(corners[0], corners[2], width, value.shape[3], middle, node.GetInt("sampling_ratio", 0));
            var down = Line(corners[1], corners[3], height, value.shape[2], middle, node.GetInt("sampling_ratio", 0));
            var picture = value[pictures[region]];
            Tensor Bins(Tensor samples) => samples.reshape(value.shape[1], height, down.PerBin, width, right.PerBin);
            results.Add(largest
                ? Bins(right.Products(picture, 2).SelectMany(columns => down.Products(columns, 1)).Aggregate(maximum)).amax([2, 4])
                : Bins(down.Read(right.Read(picture, 2), 1)).mean([2, 4]));
        }

        return results.Count == 0 ? zeros([0, value.shape[1], height, width], value.dtype) : stack([.. results], 0);
    }

    // Samples along one axis, evenly in each bin.
    private static Samples Line(Tensor start, Tensor end, long bins, long extent, bool middle, long ratio)
    {
        var length = end.sub(start);
        length = middle ? length : length.clamp_min(1);
        var perBin = ratio > 0 ? ratio : Math.Max(1, (long)Math.Ceiling(length.detach().to(ScalarType.Float64).item<double>() / bins));
        var steps = arange(bins * perBin).to(start.dtype).add(0.5).div(bins * perBin);
        return new Samples(steps.mul(length).add(start), extent, perBin);
    }

    private sealed record Samples(Tensor Places, long Extent, long PerBin)
    {
        // Linear between pixels.
        public Tensor Read(Tensor value, int axis) => Products(value, axis).Aggregate((low, high) => low.add(high));

        // The pixels before and after each sample times their weights; nothing beyond one pixel past the edge, and the edge itself within it.
        public Tensor[] Products(Tensor value, int axis)
        {
            var inside = Places.ge(-1).logical_and(Places.le(Extent)).to(value.dtype);
            var places = Places.clamp(0, Extent - 1);
            var low = places.detach().floor();
            var share = places.sub(low);
            var first = low.to(ScalarType.Int64);
            long[] shape = axis == 1 ? [1, -1, 1] : [1, 1, -1];
            Tensor Taken(Tensor index, Tensor weight) => value.index_select(axis, index).mul(weight.mul(inside).reshape(shape));
            return [Taken(first, share.mul(-1).add(1)), Taken(first.add(1).clamp_max(Extent - 1), share)];
        }
    }
}
