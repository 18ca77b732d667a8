using static ModelSlim.Evaluation.Tests.Conformance.OperatorCaseBuilder;

namespace ModelSlim.Evaluation.Tests.Conformance;

/// <summary>Cases of pools over all opsets, of regions, and of sampling at places.</summary>
internal static class RegionCases
{
    public static IEnumerable<OperatorCase> All()
    {
        foreach (var op in new[] { "GlobalAveragePool", "GlobalLpPool", "GlobalMaxPool" })
        {
            yield return Make($"{op} 1-D", 2, op, 2 + 4, [Random(2, 4, 6)]);
            yield return Make($"{op} 3-D", 20, op, 2 + 4, [Random(2, 4, 3, 3, 3)]);
        }

        foreach (var opset in new[] { 7, 10, 19, 22 })
        {
            yield return Make("AveragePool", opset, "AveragePool", 2 + 4, [Random(2, 4, 6)], ("kernel_shape", Ints(3)), ("pads", Ints(1, 1)));
        }

        foreach (var opset in new[] { 7, 8, 11, 22 })
        {
            yield return Make("MaxPool", opset, "MaxPool", 2 + 4, [Random(2, 4, 3, 6, 6)], ("kernel_shape", Ints(2, 2, 2)));
        }

        yield return Make("LpPool", 11, "LpPool", 2 + 4, [Random(2, 4, 6, 6)], ("kernel_shape", Ints(2, 2)));
        yield return Make("MaxUnpool of stored places", 11, "MaxUnpool", 0, [Random(1, 2, 2, 2), Whole(32, 1, 2, 2, 2)], ("kernel_shape", Ints(2, 2)), ("strides", Ints(2, 2)));
        yield return Make("MaxRoiPool", 13, "MaxRoiPool", 4 + 3, [Random(1, 4, 6, 6), Regions], ("pooled_shape", Ints(2, 2)));
        yield return Make("RoiAlign", 16, "RoiAlign", 4 + 3, [Random(2, 4, 6, 6), Corners, Whole(2, 3)], ("output_height", Int(2)), ("output_width", Int(2)));
        yield return Make("RoiAlign before", 10, "RoiAlign", 4 + 3, [Random(2, 4, 6, 6), Corners, Whole(2, 3)], ("output_height", Int(2)));
        yield return Make("GridSample", 16, "GridSample", 2 + 4 + 3 + 5, [Random(2, 4, 6, 6), Random(2, 3, 5, 2)]);
        yield return MakeFused("GridSample", "GridSample", 1, 2 + 4 + 3 + 5, [Random(2, 4, 6, 6), Random(2, 3, 5, 2)]);
        yield return Make("AffineGrid", 20, "AffineGrid", 3, [Random(3, 2, 3), Sizes(3, 4, 5, 6)]);
        yield return Make("AffineGrid 3-D", 20, "AffineGrid", 2, [Random(2, 3, 4), Sizes(2, 4, 3, 5, 6)]);
        yield return Make("ImageScaler", 7, "ImageScaler", 2 + 3 + 5 + 4, [Random(2, 3, 5, 4)], ("bias", new Core.Graphs.AttributeValue.Floats([0.5f, 1, -2])), ("scale", Real(2)));
        yield return Make("Col2Im", 18, "Col2Im", 2 + 3, [Random(2, 12, 12), Sizes(4, 5), Sizes(2, 2)]);
        yield return Make("Col2Im 3-D", 18, "Col2Im", 3, [Random(1, 24, 12), Sizes(3, 4, 3), Sizes(2, 2, 2)]);
        yield return Make("DFT", 17, "DFT", 2 + 3, [Random(2, 5, 3, 1)]);
        yield return Make("DFT of complex numbers", 20, "DFT", 2 + 3, [Random(2, 3, 5, 2)]);
        yield return Make("DFT along a stated axis", 20, "DFT", 3, [Random(4, 3, 2), null, Size(0)]);
        yield return Make("STFT", 17, "STFT", 2, [Random(2, 16, 1), Size(4), Random(8), Size(8)]);
        foreach (var convolution in Deformed())
        {
            yield return convolution;
        }

        yield return Make("GridSample 3-D", 20, "GridSample", 2 + 4 + 3 + 5 + 2, [Random(2, 4, 3, 3, 3), Random(2, 3, 5, 2, 3)]);
    }

    private static IEnumerable<OperatorCase> Deformed()
    {
        foreach (var opset in new[] { 19, 22 })
        {
            yield return Make("DeformConv", opset, "DeformConv", 2 + 3 + 4, [Random(2, 3, 5, 6), Random(4, 3, 3, 3), Random(2, 18, 3, 4)]);
        }

        yield return Make(
            "DeformConv with bias and mask", 19, "DeformConv", 2 + 3 + 4,
            [Random(2, 3, 5, 6), Random(4, 3, 2, 2), Random(2, 8, 4, 5), Random(4), Positive(2, 4, 4, 5)]);
        yield return Make(
            "DeformConv with two sets of offsets", 19, "DeformConv", 2 + 3 + 4, [Random(2, 6, 5, 6), Random(4, 6, 2, 2), Random(2, 16, 4, 5)],
            ("offset_group", Int(2)));
        yield return Make(
            "DeformConv depthwise", 19, "DeformConv", 2 + 6, [Random(2, 6, 5, 6), Random(6, 1, 2, 2), Random(2, 8, 4, 5)], ("group", Int(6)));
        yield return Make(
            "DeformConv grouped", 19, "DeformConv", 2 + 2 + 4 + 3, [Random(2, 8, 5, 5), Random(6, 4, 3, 3), Random(2, 18, 3, 3)], ("group", Int(2)));
    }

    private static Core.Tensors.TensorData Regions => Core.Tensors.TensorData.From([3, 5], [0f, 0, 0, 3, 3, 0, 1, 1, 5, 4, 0, 2, 0, 4, 5]);

    private static Core.Tensors.TensorData Corners => Core.Tensors.TensorData.From([3, 4], [0f, 0, 3, 3, 1, 1, 5, 4, 2, 0, 4, 5]);
}
