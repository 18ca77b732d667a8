using static ModelSlim.Evaluation.Tests.Conformance.OperatorCaseBuilder;

namespace ModelSlim.Evaluation.Tests.Conformance;

/// <summary>Cases of ConvTranspose, and of the convolutions that ONNX Runtime's optimizer writes.</summary>
internal static class TransposedConvolutionCases
{
    public static IEnumerable<OperatorCase> All()
    {
        // X [N, C, ...] can lose its batch (N), channels (C), and the filters (M).
        foreach (var opset in new[] { 6, 11, 22 })
        {
            yield return Make("ConvTranspose 2-D", opset, "ConvTranspose", 2 + 4 + 6, [Random(2, 4, 3, 3), Random(4, 6, 3, 3), Random(6)]);
        }

        yield return Make("ConvTranspose without bias", 13, "ConvTranspose", 4 + 6, [Random(1, 4, 3, 3), Random(4, 6, 2, 2)], ("strides", Ints(2, 2)));
        yield return Make("ConvTranspose 1-D", 13, "ConvTranspose", 2 + 3 + 4, [Random(2, 3, 5), Random(3, 4, 3), Random(4)]);
        yield return Make("ConvTranspose 3-D", 13, "ConvTranspose", 2 + 3 + 4, [Random(2, 3, 2, 2, 2), Random(3, 4, 2, 2, 2)]);
        yield return Make(
            "ConvTranspose with output padding", 13, "ConvTranspose", 2 + 4 + 6, [Random(2, 4, 3, 3), Random(4, 6, 3, 3), Random(6)],
            ("strides", Ints(2, 2)), ("pads", Ints(1, 1, 1, 1)), ("output_padding", Ints(1, 1)));
        yield return Make(
            "ConvTranspose to an output shape", 13, "ConvTranspose", 2 + 4 + 6, [Random(2, 4, 3, 3), Random(4, 6, 3, 3), Random(6)],
            ("strides", Ints(2, 2)), ("output_shape", Ints(6, 6)));
        yield return Make(
            "ConvTranspose auto_pad, dilated", 13, "ConvTranspose", 2 + 4 + 6, [Random(2, 4, 3, 3), Random(4, 6, 3, 3)],
            ("auto_pad", Text("SAME_LOWER")), ("dilations", Ints(1, 2)));

        // Whole groups (2), input channels of every group (4), output channels of every group (3).
        yield return Make(
            "ConvTranspose grouped", 13, "ConvTranspose", 2 + 2 + 4 + 3, [Random(2, 8, 3, 3), Random(8, 3, 3, 3), Random(6)], ("group", Int(2)));
        yield return Make("ConvTranspose depthwise", 13, "ConvTranspose", 2 + 6, [Random(2, 6, 3, 3), Random(6, 1, 3, 3), Random(6)], ("group", Int(6)));
        yield return Make(
            "ConvTranspose depthwise with multiplier", 13, "ConvTranspose", 2 + 3 + 2, [Random(2, 3, 3, 3), Random(3, 2, 3, 3), Random(6)], ("group", Int(3)));

        yield return Make("Conv of one channel a group, many filters", 13, "Conv", 2 + 3 + 4, [Random(2, 3, 5, 5), Random(12, 1, 3, 3)], ("group", Int(3)));
        yield return Make("Conv of many channels a group, one filter", 13, "Conv", 2 + 3 + 4, [Random(2, 12, 5, 5), Random(3, 4, 3, 3)], ("group", Int(3)));
        yield return Make("Conv grouped 1-D", 13, "Conv", 2 + 4 + 2 + 3, [Random(2, 8, 5), Random(12, 2, 3), Random(12)], ("group", Int(4)));
        yield return Make("Conv grouped 3-D", 13, "Conv", 2 + 2 + 2 + 2, [Random(2, 4, 3, 3, 3), Random(4, 2, 2, 2, 2)], ("group", Int(2)));

        yield return MakeFused("FusedConv", "FusedConv", 1, 2 + 4 + 6, [Random(2, 4, 5, 5), Random(6, 4, 3, 3), Random(6)], ("activation", Text("Relu")));
        yield return MakeFused(
            "FusedConv with addend", "FusedConv", 1, 2 + 4 + 6, [Random(2, 4, 5, 5), Random(6, 4, 3, 3), Random(6), Random(2, 6, 3, 3)],
            ("activation", Text("Relu")));
        yield return MakeFused(
            "FusedConv grouped", "FusedConv", 1, 2 + 2 + 4 + 3, [Random(2, 8, 5, 5), Random(6, 4, 3, 3), Random(6)],
            ("group", Int(2)), ("activation", Text("Relu")));
    }
}
