using ModelSlim.Core.Graphs;
using static ModelSlim.Evaluation.Tests.Conformance.OperatorCaseBuilder;

namespace ModelSlim.Evaluation.Tests.Conformance;

/// <summary>Cases for the operators that move data or compute with shapes.</summary>
internal static class MovementCases
{
    public static IEnumerable<OperatorCase> All() =>
    [
        .. Reshapings(), .. Joins(), .. Slices(), .. Splits(), .. Gathers(), .. Expansions(), .. Pads(), .. Blocks(), .. Resizes(),
        .. Stays(), .. ControlFlowCases.All(), .. Constants(),
    ];

    private static IEnumerable<OperatorCase> Reshapings()
    {
        yield return Make("Flatten", 13, "Flatten", 2 + 4 + 3, [Random(2, 4, 3)]);
        yield return Make("Flatten of pooled", 13, "Flatten", 2 + 4, [Random(2, 4, 1, 1)]);
        yield return Make("Transpose", 13, "Transpose", 2 + 4 + 3, [Random(2, 4, 3)], ("perm", Ints(1, 2, 0)));
        yield return Make("Reshape joins", 13, "Reshape", 2 + 4 + 3, [Random(2, 4, 3), Sizes(2, 12)]);
        yield return Make("Reshape joins the rest", 13, "Reshape", 2 + 4 + 3, [Random(2, 4, 3), Sizes(0, -1)]);
        yield return Make("Reshape splits", 13, "Reshape", 2 + 4 + 3, [Random(2, 12), Sizes(2, 4, 3)]);
        yield return Make("Reshape keeps", 5, "Reshape", 2 + 4, [Random(2, 4, 1, 1), Sizes(2, 4)]);
        yield return Make("Reshape across channels", 13, "Reshape", 2, [Random(2, 4, 6), Sizes(2, 6, 4)]);
        yield return Make("Squeeze", 13, "Squeeze", 2 + 4, [Random(2, 4, 1, 1), Sizes(2, 3)]);
        yield return Make("Squeeze by attribute", 11, "Squeeze", 2 + 4, [Random(2, 4, 1)], ("axes", Ints(2)));
        yield return Make("Unsqueeze", 13, "Unsqueeze", 2 + 4, [Random(2, 4), Sizes(1)]);
        yield return Make("Unsqueeze by attribute", 11, "Unsqueeze", 2 + 4, [Random(2, 4)], ("axes", Ints(0)));
    }

    private static IEnumerable<OperatorCase> Joins()
    {
        yield return Make("Concat", 13, "Concat", 2 + 4 + 6 + 3, [Random(2, 4, 3), Random(2, 6, 3)], ("axis", Int(1)));
        yield return Make("Concat from the end", 13, "Concat", 2 + 4 + 3 + 2, [Random(2, 4, 3), Random(2, 4, 2)], ("axis", Int(-1)));
    }

    private static IEnumerable<OperatorCase> Slices()
    {
        // The taken indices and the others can go, each group by itself.
        foreach (var opset in new[] { 10, 11, 13 })
        {
            yield return Make("Slice", opset, "Slice", 2 + 8, [Random(2, 8), Sizes(2), Sizes(6), Sizes(1)]);
        }

        yield return Make("CenterCropPad", 18, "CenterCropPad", 2 + 4, [Random(2, 4, 5), Sizes(3)], ("axes", Ints(2)));
        yield return Make("CenterCropPad to stated channels", 18, "CenterCropPad", 2 + 4, [Random(2, 4, 5), Sizes(4, 8)], ("axes", Ints(1, -1)));
        yield return Make("CenterCropPad of all axes", 18, "CenterCropPad", 2, [Random(2, 4, 5), Sizes(2, 6, 3)]);
        foreach (var opset in new[] { 14, 22 })
        {
            yield return Make("Trilu", opset, "Trilu", 2 + 3, [Random(2, 3, 4, 4)]);
        }

        yield return MakeFused("Trilu", "Trilu", 1, 2, [Random(2, 4, 5), Size(1)], ("upper", Int(0)));
        yield return Make("Det", 11, "Det", 2 + 3, [Random(2, 3, 4, 4)]);
        yield return Make("Slice by attributes", 9, "Slice", 2 + 8, [Random(2, 8)], ("starts", Ints(-6)), ("ends", Ints(-2)), ("axes", Ints(1)));
        yield return Make("Slice by attributes of the first axes", 1, "Slice", 4 + 8 + 3, [Random(4, 8, 3)], ("starts", Ints(0, 2)), ("ends", Ints(4, 999)));
        yield return Make("Slice of all axes", 13, "Slice", 6 + 8, [Random(6, 8), Sizes(2, -6), Sizes(4, -2)]);
        yield return Make("Slice to the end", 13, "Slice", 2 + 8, [Random(2, 8), Sizes(3), Sizes(long.MaxValue), Sizes(-1)]);
        yield return Make("Slice from the start", 13, "Slice", 2 + 8, [Random(2, 8), Sizes(-999), Sizes(-3), Sizes(-1)]);
        yield return Make("Slice every other", 13, "Slice", 2 + 4, [Random(2, 8), Sizes(0), Sizes(8), Sizes(1), Sizes(2)]);
        yield return Make("Slice every other from 1", 13, "Slice", 2 + 4, [Random(2, 9), Sizes(1), Sizes(9), Sizes(1), Sizes(2)]);
        yield return Make("Slice every third", 13, "Slice", 2 + 4, [Random(2, 11), Sizes(0), Sizes(11), Sizes(1), Sizes(3)]);
        yield return Make("Slice backwards", 13, "Slice", 2 + 6, [Random(2, 6), Sizes(-1), Sizes(long.MinValue), Sizes(1), Sizes(-1)]);
        yield return Make("Slice backwards from inside", 13, "Slice", 2 + 8, [Random(2, 8), Sizes(5), Sizes(1), Sizes(1), Sizes(-1)]);
        yield return Make("Slice backwards by two", 13, "Slice", 2 + 4, [Random(2, 8), Sizes(7), Sizes(-999), Sizes(1), Sizes(-2)]);
        yield return Make("Slice at int32 bounds", 13, "Slice", 2 + 8, [Random(2, 8), Sizes32(2), Sizes32(6), Sizes32(1)]);
    }

    private static IEnumerable<OperatorCase> Splits()
    {
        yield return MakeMany("Split by attribute", 11, "Split", 2, 2 + 4 + 6, [Random(2, 10)], ("axis", Int(1)), ("split", Ints(4, 6)));
        yield return MakeMany("Split evenly", 11, "Split", 2, 2 + 8, [Random(2, 8)], ("axis", Int(-1)));
        yield return MakeMany("Split evenly", 13, "Split", 2, 2 + 8, [Random(2, 8)], ("axis", Int(1)));
        yield return MakeMany("Split by an input", 13, "Split", 3, 2 + 10, [Random(2, 10), Sizes(2, 5, 3)], ("axis", Int(1)));
        yield return MakeMany("Split into a number", 18, "Split", 3, 2 + 9, [Random(2, 9)], ("axis", Int(1)), ("num_outputs", Int(3)));
        yield return MakeMany("Split into a number, the last smaller", 18, "Split", 3, 2 + 8, [Random(2, 8)], ("axis", Int(1)), ("num_outputs", Int(3)));
        yield return MakeMany("Split by an input", 18, "Split", 2, 2 + 8, [Random(2, 8), Sizes(3, 5)], ("axis", Int(-1)));
    }

    private static IEnumerable<OperatorCase> Gathers()
    {
        yield return Make("Gather places", 13, "Gather", 2 + 8, [Random(2, 8), Sizes(5, 1, 6, 2)], ("axis", Int(1)));
        yield return Make("Gather all places in another order", 11, "Gather", 2 + 4, [Random(2, 4), Sizes(3, -3, 0, 2)], ("axis", Int(-1)));
        yield return Make("Gather a place twice", 13, "Gather", 2 + 4, [Random(2, 4), Sizes(3, 1, 3, 0, 2)], ("axis", Int(1)));
        yield return Make("Gather at int32 places", 1, "Gather", 2 + 6, [Random(2, 6), Sizes32(5, 1, 2)], ("axis", Int(1)));
        yield return Make("Gather one place", 13, "Gather", 2 + 3, [Random(2, 4, 3), Size(1)], ("axis", Int(1)));
        yield return Make("Gather a table of places", 13, "Gather", 3, [Random(6, 3), Table(2, 2, 0, 5, 4, 1)]);
        yield return Make("GatherElements", 13, "GatherElements", 4, [Random(3, 4), Table(2, 4, 0, 2, 1, 0, 2, 0, 1, 1)]);
        yield return Make("GatherElements of some", 11, "GatherElements", 4, [Random(4, 3), Table(2, 2, 0, 2, 1, 0)], ("axis", Int(1)));
        yield return Make("GatherND", 13, "GatherND", 3, [Random(3, 4, 3), Table(2, 2, 0, 3, 2, 1)]);
        yield return Make("GatherND in batches", 12, "GatherND", 2 + 3, [Random(2, 4, 3), Table(2, 1, 3, 1)], ("batch_dims", Int(1)));
        foreach (var (op, opset) in new[] { ("Scatter", 9), ("ScatterElements", 11), ("ScatterElements", 18) })
        {
            yield return Make(op, opset, op, 4, [Random(3, 4), Table(2, 4, 0, 2, 1, 0, 2, 0, 2, 1), Random(2, 4)]);
        }

        yield return Make("ScatterElements of a part", 16, "ScatterElements", 8, [Random(3, 8), Table(2, 4, 0, 2, 1, 0, 2, 0, 2, 1), Random(2, 4)]);
        yield return Make("ScatterND", 16, "ScatterND", 3, [Random(5, 3), Table(2, 1, 3, 1), Random(2, 3)]);
    }

    private static IEnumerable<OperatorCase> Expansions()
    {
        yield return Make("Expand", 13, "Expand", 2 + 4, [Random(2, 4, 1), Sizes(2, 4, 3)]);
        yield return Make("Expand by ones", 8, "Expand", 2 + 4, [Random(2, 4), Sizes(3, 1, 1)]);
        yield return Make("Expand from the right", 13, "Expand", 4, [Random(4, 1), Sizes(3)]);
        yield return Make("Tile", 13, "Tile", 2 + 4, [Random(2, 4), Sizes(1, 3)]);
        yield return Make("Tile of one", 6, "Tile", 2 + 4, [Random(2, 4, 1), Sizes(1, 1, 3)]);
    }

    private static IEnumerable<OperatorCase> Pads()
    {
        // Spatial pads leave channels alone; what is added to the channels is free.
        yield return Make("Pad", 13, "Pad", 2 + 4 + 5 + 5, [Random(2, 4, 5, 5), Sizes(0, 0, 1, 1, 0, 0, 2, 2)]);
        yield return Make("Pad by attributes", 2, "Pad", 2 + 4 + 3, [Random(2, 4, 3)], ("pads", Ints(0, 0, 1, 0, 0, 1)), ("value", new AttributeValue.Float(2)));
        yield return Make("Pad of channels", 13, "Pad", 2 + 4, [Random(2, 4), Sizes(0, 1, 0, 2), Scalar(1)]);
        yield return Make("Pad of channels cut off", 13, "Pad", 2 + 8, [Random(2, 8), Sizes(0, -2, 0, -3)]);
        yield return Make("Pad of channels added and cut off", 13, "Pad", 2 + 8, [Random(2, 8), Sizes(0, 2, 0, -3)]);
        yield return Make("Pad of one axis", 18, "Pad", 2 + 4, [Random(2, 4), Sizes(1, 1), null, Sizes(-1)]);
        yield return Make("Pad with the edge", 13, "Pad", 2 + 4, [Random(2, 4, 3), Sizes(0, 0, 1, 0, 0, 1)], ("mode", Text("edge")));
        yield return Make("Pad that reflects", 13, "Pad", 2 + 4, [Random(2, 4, 3), Sizes(0, 0, 1, 0, 0, 1)], ("mode", Text("reflect")));
        yield return Make("Pad that reflects channels", 11, "Pad", 2 + 3, [Random(2, 4, 3), Sizes(0, 1, 0, 0, 1, 0)], ("mode", Text("reflect")));
    }

    private static IEnumerable<OperatorCase> Blocks()
    {
        var size = ("blocksize", (AttributeValue)Int(2));
        yield return Make("DepthToSpace", 1, "DepthToSpace", 2 + 3, [Random(2, 12, 3, 3)], size);
        yield return Make("DepthToSpace DCR", 13, "DepthToSpace", 2 + 3, [Random(2, 12, 3, 3)], size, ("mode", Text("DCR")));
        yield return Make("DepthToSpace CRD", 11, "DepthToSpace", 2 + 3, [Random(2, 12, 3, 3)], size, ("mode", Text("CRD")));
        yield return Make("SpaceToDepth", 13, "SpaceToDepth", 2 + 3, [Random(2, 3, 4, 4)], size);
    }

    private static IEnumerable<OperatorCase> Resizes()
    {
        yield return Make("Upsample by attribute", 7, "Upsample", 2 + 4, [Random(2, 4, 3, 3)], ("scales", new AttributeValue.Floats([1, 1, 2, 2])));
        yield return Make("Upsample by an input", 9, "Upsample", 2 + 4, [Random(2, 4, 3, 3), Numbers(1, 1, 2, 2)]);
        yield return Make("Resize", 10, "Resize", 2 + 4, [Random(2, 4, 3, 3), Numbers(1, 1, 2, 2)], ("mode", Text("linear")));
        yield return Make("Resize to sizes", 11, "Resize", 2 + 4, [Random(2, 4, 3, 3), Numbers(), Numbers(), Sizes(2, 4, 5, 6)], ("mode", Text("linear")));
        yield return Make("Resize by scales", 11, "Resize", 2 + 4, [Random(2, 4, 3, 3), Numbers(), Numbers(1, 1, 2, 3)]);
        foreach (var opset in new[] { 13, 18, 19 })
        {
            yield return Make("Resize to sizes", opset, "Resize", 2 + 4, [Random(2, 4, 3, 3), null, null, Sizes(2, 4, 5, 6)], ("mode", Text("linear")));
            yield return Make("Resize by scales", opset, "Resize", 2 + 4, [Random(2, 4, 3, 3), null, Numbers(1, 1, 2, 3)]);
        }

        foreach (var mode in new[] { "half_pixel", "align_corners", "asymmetric", "pytorch_half_pixel" })
        {
            yield return Make($"Resize {mode}", 13, "Resize", 2 + 4, [Random(2, 4, 3, 3), null, null, Sizes(2, 4, 5, 6)], ("coordinate_transformation_mode", Text(mode)), ("mode", Text("linear")));
        }

        yield return Make("Resize cubic", 13, "Resize", 2 + 4, [Random(2, 4, 3, 3), null, Numbers(1, 1, 2, 2)], ("mode", Text("cubic")));
        yield return Make("Resize of some axes", 18, "Resize", 2 + 4, [Random(2, 4, 3, 3), null, null, Sizes(5, 6)], ("axes", Ints(2, 3)));
        yield return Make("Resize of channels too", 18, "Resize", 2 + 4, [Random(2, 4, 3, 3), null, null, Sizes(6, 4, 5)], ("axes", Ints(3, 1, -2)));
        yield return Make("Resize of a cropped picture", 13, "Resize", 2, [Random(2, 4, 3, 3), Numbers(0, 0.25f, 0, 0, 1, 1, 1, 1), null, Sizes(2, 4, 6, 6)], ("coordinate_transformation_mode", Text("tf_crop_and_resize")), ("mode", Text("linear")));
        yield return Make("Resize of channels", 13, "Resize", 2 + 3, [Random(2, 4, 3, 3), null, null, Sizes(2, 8, 3, 4)]);
    }

    private static IEnumerable<OperatorCase> Stays()
    {
        yield return Make("Shape", 13, "Shape", 2 + 4, [Random(2, 4)]);
        yield return Make("Shape of some axes", 15, "Shape", 2 + 4 + 3, [Random(2, 4, 3)], ("start", Int(-2)), ("end", Int(99)));
        yield return Make("Size", 13, "Size", 2 + 4, [Random(2, 4)]);
        yield return Make("ConstantOfShape", 9, "ConstantOfShape", 0, [Sizes(2, 4)]);
        yield return Make("ReverseSequence", 10, "ReverseSequence", 2 + 3, [Random(4, 2, 3), Sizes(4, 2)]);
        yield return Make("Range", 11, "Range", 0, [Scalar(0), Scalar(4), Scalar(1)]);
        yield return Make("EyeLike", 9, "EyeLike", 0, [Random(3, 4)]);
        foreach (var op in new[] { "BlackmanWindow", "HammingWindow", "HannWindow" })
        {
            yield return Make(op, 17, op, 0, [Size(8)]);
        }

        yield return Make("MelWeightMatrix", 17, "MelWeightMatrix", 0, [Size(4), Size(16), Size(8000), Scalar(0), Scalar(4000)]);
        yield return Make("NonZero", 13, "NonZero", 0, [Random(3, 4)]);
        yield return Make("OneHot", 11, "OneHot", 0, [Sizes(1, 0), Size(3), Numbers(0, 1)]);
        yield return Make("Unique", 11, "Unique", 0, [Numbers(1, 2, 1)]);
        yield return Make("Compress", 11, "Compress", 0, [Random(2, 3), Flags(true, false, true)], ("axis", Int(1)));
    }

    private static IEnumerable<OperatorCase> Constants()
    {
        yield return Make("Constant of floats", 12, "Constant", 4, [], ("value_floats", new AttributeValue.Floats([1, 2, 3, 4])));
        yield return Make("Constant of a float", 12, "Constant", 0, [], ("value_float", new AttributeValue.Float(1)));
        yield return Make("Constant of integers", 12, "Constant", 0, [], ("value_ints", Ints(1, 2)));
    }
}
