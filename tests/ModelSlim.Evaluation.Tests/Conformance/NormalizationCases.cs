using ModelSlim.Core.Tensors;
using static ModelSlim.Evaluation.Tests.Conformance.OperatorCaseBuilder;

namespace ModelSlim.Evaluation.Tests.Conformance;

/// <summary>Cases of the normalizations.</summary>
internal static class NormalizationCases
{
    public static IEnumerable<OperatorCase> All()
    {
        yield return Make(
            "BatchNormalization of places", 7, "BatchNormalization", 2 + 4 + 3 + 5,
            [Random(2, 4, 3, 5), Random(4, 3, 5), Random(4, 3, 5), Random(4, 3, 5), Positive(4, 3, 5)], ("spatial", Int(0)));
        yield return Make("BatchNormalization 1-D", 15, "BatchNormalization", 2 + 4, [Random(2, 4), Random(4), Random(4), Random(4), Positive(4)]);
        foreach (var opset in new[] { 6, 22 })
        {
            yield return Make("InstanceNormalization", opset, "InstanceNormalization", 2 + 4, [Random(2, 4, 3, 3), Random(4), Random(4)]);
        }

        yield return Make("LayerNormalization", 17, "LayerNormalization", 2 + 3 + 4, [Random(2, 3, 4), Random(4), Random(4)]);
        yield return Make("LayerNormalization without bias", 17, "LayerNormalization", 2 + 3 + 4, [Random(2, 3, 4), Random(4)]);
        yield return Make("LayerNormalization of two axes", 17, "LayerNormalization", 2 + 3 + 4, [Random(2, 3, 4), Random(3, 4), Random(3, 4)], ("axis", Int(1)));
        yield return MakeMany("LayerNormalization with statistics", 17, "LayerNormalization", 3, 2 + 3 + 4, [Random(2, 3, 4), Random(4), Random(4)], ("axis", Int(2)));
        yield return Make("SimplifiedLayerNormalization", 17, "SimplifiedLayerNormalization", 2 + 3 + 4, [Random(2, 3, 4), Random(4)]);
        yield return Make("RMSNormalization", 23, "RMSNormalization", 2 + 3 + 4, [Random(2, 3, 4), Random(4)]);
        yield return Make("RMSNormalization of two axes", 23, "RMSNormalization", 2 + 3 + 4, [Random(2, 3, 4), Random(3, 4)], ("axis", Int(-2)));

        yield return Make("GroupNormalization by group", 18, "GroupNormalization", 2 + 4, [Random(2, 8, 3, 3), Random(4), Random(4)], ("num_groups", Int(4)));
        yield return Make("GroupNormalization by channel", 21, "GroupNormalization", 2 + 4, [Random(2, 8, 3, 3), Random(8), Random(8)], ("num_groups", Int(4)));
        yield return Make("GroupNormalization of one group", 21, "GroupNormalization", 2 + 8, [Random(2, 8, 3, 3), Random(8), Random(8)], ("num_groups", Int(1)));
        yield return Make("GroupNormalization of one group, one scale", 18, "GroupNormalization", 2 + 8, [Random(2, 8, 3, 3), Random(1), Random(1)], ("num_groups", Int(1)));
        yield return Make("GroupNormalization of single channels", 21, "GroupNormalization", 2 + 8, [Random(2, 8, 3), Random(8), Random(8)], ("num_groups", Int(8)));

        yield return Make("LRN", 13, "LRN", 2 + 6 + 3 + 4, [Random(2, 6, 3, 4)], ("size", Int(3)));
        yield return Make("LRN of one channel", 6, "LRN", 2 + 6 + 3 + 4, [Random(2, 6, 3, 4)], ("size", Int(1)));
        yield return Make("MeanVarianceNormalization", 13, "MeanVarianceNormalization", 2 + 4 + 3 + 5, [Random(2, 4, 3, 5)]);
        yield return Make("MeanVarianceNormalization over channels", 9, "MeanVarianceNormalization", 2 + 4 + 3 + 5, [Random(2, 4, 3, 5)], ("axes", Ints(1, 2, 3)));
        yield return Make("LpNormalization", 13, "LpNormalization", 2 + 4 + 3, [Random(2, 4, 3)]);
        yield return Make("LpNormalization L1", 22, "LpNormalization", 2 + 4 + 3, [Random(2, 4, 3)], ("axis", Int(1)), ("p", Int(1)));

        yield return MakeFused("SkipLayerNormalization", "SkipLayerNormalization", 1, 2 + 3 + 4, [Random(2, 3, 4), Random(2, 3, 4), Random(4), Random(4), Random(4)]);
        yield return MakeFused("SkipLayerNormalization without bias", "SkipLayerNormalization", 1, 2 + 3 + 4, [Random(2, 3, 4), Random(2, 3, 4), Random(4), Random(4)]);
        yield return MakeFused("SkipLayerNormalization broadcast", "SkipLayerNormalization", 1, 2 + 3 + 4, [Random(2, 3, 4), Random(1, 3, 4), Random(4)]);
        var summed = MakeFused("SkipLayerNormalization with sum", "SkipLayerNormalization", 4, 2 + 3 + 4, [Random(2, 3, 4), Random(2, 3, 4), Random(4), Random(4)]);
        yield return summed with { Node = summed.Node with { Outputs = ["y0", "", "", "y1"] } };
        yield return MakeFused("SkipSimplifiedLayerNormalization", "SkipSimplifiedLayerNormalization", 1, 2 + 3 + 4, [Random(2, 3, 4), Random(2, 3, 4), Random(4), Random(4)]);
        yield return MakeFused(
            "EmbedLayerNormalization", "EmbedLayerNormalization", 2, 4,
            [Small(5, 2, 3), Small(2, 2, 3), Random(5, 4), Random(6, 4), Random(2, 4), Random(4), Random(4)]);
        yield return MakeFused(
            "EmbedLayerNormalization with sum", "EmbedLayerNormalization", 3, 4,
            [Small(5, 2, 3), null, Random(5, 4), Random(6, 4), null, Random(4), Random(4)]);
    }
    // Indices of 32 bits.
    private static TensorData Small(int below, params int[] shape) => new(
        ElementType.Int32,
        [.. shape],
        Whole(below, shape).ToInt64s().SelectMany(value => BitConverter.GetBytes((int)value)).ToArray());
}
