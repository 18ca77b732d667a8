using ModelSlim.Core.Tensors;

namespace ModelSlim.Training.Tests.Kernels.Cases;

/// <summary>What reads a picture at places: samplers, regions, unpooling, columns, deformed windows.</summary>
internal static class RegionCases
{
    public static IEnumerable<KernelCase> All() => [.. Samplers(), .. Regions(), .. Pools(), .. Columns(), .. Deformed()];

    private static IEnumerable<KernelCase> Samplers()
    {
        yield return KernelCase.Of("GridSample, fused", "GridSample", domain: "com.microsoft").Fed(2, 3, 4, 5).FedFraction(2, 3, 2, 2);
        foreach (var corners in new[] { 0, 1 })
        {
            yield return KernelCase.Of($"AffineGrid, {corners}", "AffineGrid", 20).Fed(2, 2, 3).Integers(2, 3, 4, 5).With("align_corners", corners);
            yield return KernelCase.Of($"AffineGrid, 3-D, {corners}", "AffineGrid", 20).Fed(1, 3, 4).Integers(1, 2, 2, 3, 4).With("align_corners", corners);
        }

        yield return KernelCase.Of("ImageScaler", "ImageScaler", 7).Fed(2, 3, 2, 2).With("scale", 0.5f).With("bias", [0.25f, -1f, 2f]);
        yield return KernelCase.Of("CenterCropPad", "CenterCropPad", 18).Fed(2, 5, 4).Integers(3, 7).With("axes", [1, -1]);
        yield return KernelCase.Of("CenterCropPad, all axes", "CenterCropPad", 18).Fed(3, 4).Integers(6, 1);
    }

    private static IEnumerable<KernelCase> Regions()
    {
        foreach (var opset in new[] { 10, 16 })
        {
            foreach (var ratio in new[] { 0, 2 })
            {
                yield return KernelCase.Of($"RoiAlign, max, opset {opset}, {ratio} samples", "RoiAlign", opset).Fed(2, 3, 6, 7).Corners().Integers(0, 1, 1)
                    .With("mode", "max").With("output_height", 2).With("output_width", 3).With("sampling_ratio", ratio).With("spatial_scale", 0.5f);
                yield return KernelCase.Of($"RoiAlign, opset {opset}, {ratio} samples", "RoiAlign", opset).Fed(2, 3, 6, 7)
                    .Corners().Integers(0, 1, 1).With("output_height", 2).With("output_width", 3).With("sampling_ratio", ratio).With("spatial_scale", 0.5f);
            }
        }

        yield return KernelCase.Of("RoiAlign, output_half_pixel", "RoiAlign", 16).Fed(2, 3, 6, 7).Corners().Integers(1, 0, 1)
            .With("output_height", 2).With("coordinate_transformation_mode", "output_half_pixel");
        yield return KernelCase.Of("RoiAlign, max, one sample a bin, beyond the edges", "RoiAlign", 16).Fed(1, 2, 4, 5)
            .NumbersOf([2, 4], -3, -2.5f, 9, 7, 1.2f, 0.3f, 4.4f, 3.1f).Integers(0, 0)
            .With("mode", "max").With("output_height", 3).With("output_width", 4).With("sampling_ratio", 1);
        yield return KernelCase.Of("MaxRoiPool", "MaxRoiPool").Fed(2, 3, 6, 7)
            .NumbersOf([3, 5], 0, 0, 0, 9, 11, 1, 3, 2, 12, 8, 1, 0, 4, 5, 4).With("pooled_shape", [2, 3]).With("spatial_scale", 0.5f);
    }

    private static IEnumerable<KernelCase> Pools()
    {
        yield return KernelCase.Of("MaxPool, places", "MaxPool", 12).Fed(2, 3, 6, 7).With("kernel_shape", [2, 3]).With("strides", [2, 2])
            .ReadingAs(ElementType.Int64, "y1");
        yield return KernelCase.Of("MaxPool, places, uneven pads", "MaxPool", 12).Fed(2, 3, 6, 7).With("kernel_shape", [3, 3]).With("pads", [0, 2, 1, 1])
            .ReadingAs(ElementType.Int64, "y1");
        yield return KernelCase.Of("MaxPool, places, 1-D", "MaxPool", 12).Fed(2, 3, 9).With("kernel_shape", [3]).With("pads", [1, 1])
            .ReadingAs(ElementType.Int64, "y1");
        yield return KernelCase.Of("MaxPool, places, 3-D", "MaxPool", 12).Fed(1, 2, 4, 4, 4).With("kernel_shape", [2, 2, 2]).With("strides", [2, 2, 2])
            .ReadingAs(ElementType.Int64, "y1");
        yield return KernelCase.Of("MaxUnpool", "MaxUnpool", 11).Fed(1, 2, 2, 2).IntegersOf([1, 2, 2, 2], 1, 2, 8, 15, 16, 19, 26, 31)
            .With("kernel_shape", [2, 2]).With("strides", [2, 2]);
        yield return KernelCase.Of("MaxUnpool, larger", "MaxUnpool", 11).Fed(1, 2, 2, 2).IntegersOf([1, 2, 2, 2], 1, 2, 12, 24, 26, 29, 40, 49)
            .Integers(1, 2, 5, 5).With("kernel_shape", [2, 2]).With("strides", [2, 2]);
    }

    private static IEnumerable<KernelCase> Columns()
    {
        yield return KernelCase.Of("Col2Im", "Col2Im", 18).Fed(2, 12, 12).Integers(4, 5).Integers(2, 2);
        yield return KernelCase.Of("Col2Im, strides, pads", "Col2Im", 18).Fed(1, 18, 6).Integers(5, 6).Integers(3, 3)
            .With("strides", [2, 2]).With("pads", [0, 1, 1, 0]);
        yield return KernelCase.Of("Col2Im, dilations", "Col2Im", 18).Fed(1, 4, 12).Integers(5, 5).Integers(2, 2).With("dilations", [1, 2]);
        yield return KernelCase.Of("Col2Im, 3-D", "Col2Im", 18).Fed(1, 16, 12).Integers(3, 4, 3).Integers(2, 2, 2);
    }

    private static IEnumerable<KernelCase> Deformed()
    {
        yield return KernelCase.Of("DeformConv", "DeformConv", 19).Fed(2, 3, 5, 6).Weight(4, 3, 3, 3).Fed(2, 18, 3, 4);
        yield return KernelCase.Of("DeformConv, bias and mask", "DeformConv", 19).Fed(2, 4, 5, 6).Weight(4, 2, 2, 3).FedFraction(2, 24, 3, 6)
            .Weight(4).FedPositive(2, 12, 3, 6).With("group", 2).With("offset_group", 2).With("pads", [1, 1, 0, 1]).With("strides", [2, 1]);
        yield return KernelCase.Of("DeformConv, dilations", "DeformConv", 22).Fed(1, 2, 6, 6).Weight(3, 2, 2, 2).FedFraction(1, 8, 4, 5).With("dilations", [2, 1]);
    }

    private static KernelCase Corners(this KernelCase sample) => sample.NumbersOf([3, 4], 0, 0, 9, 11, 3, 2, 12, 8, 0.5f, 4, 5, 4.5f);
}
