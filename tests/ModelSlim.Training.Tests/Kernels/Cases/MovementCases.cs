using ModelSlim.Core.Tensors;

namespace ModelSlim.Training.Tests.Kernels.Cases;

/// <summary>Data movement.</summary>
internal static class MovementCases
{
    public static IEnumerable<KernelCase> All()
    {
        foreach (var axis in new[] { 0, 1, 2, -1 })
        {
            yield return KernelCase.Of($"Flatten, axis {axis}", "Flatten").Fed(2, 3, 4).With("axis", axis);
        }

        yield return KernelCase.Of("Flatten", "Flatten").Fed(2, 3, 4, 5);
        yield return KernelCase.Of("Reshape", "Reshape").Fed(2, 3, 4).Integers(2, 12);
        yield return KernelCase.Of("Reshape, kept and left over", "Reshape").Fed(2, 3, 4).Integers(0, -1);
        yield return KernelCase.Of("Reshape, more axes", "Reshape").Fed(2, 3, 4).Integers(2, 3, 2, 2);
        yield return KernelCase.Of("Transpose", "Transpose").Fed(2, 3, 4);
        yield return KernelCase.Of("Transpose, perm", "Transpose").Fed(2, 3, 4).With("perm", [1, 2, 0]);
        yield return KernelCase.Of("Squeeze", "Squeeze").Fed(2, 1, 3, 1);
        yield return KernelCase.Of("Squeeze, input", "Squeeze").Fed(2, 1, 3, 1).Integers(-1);
        yield return KernelCase.Of("Squeeze, attribute", "Squeeze", 11).Fed(2, 1, 3, 1).With("axes", [1, 3]);
        yield return KernelCase.Of("Unsqueeze, input", "Unsqueeze").Fed(2, 3).Integers(-1, 0);
        yield return KernelCase.Of("Unsqueeze, attribute", "Unsqueeze", 11).Fed(2, 3).With("axes", [1, 2]);
        yield return KernelCase.Of("Concat", "Concat").Fed(2, 3, 4).Fed(2, 1, 4).Fed(2, 2, 4).With("axis", 1);
        yield return KernelCase.Of("Concat, last axis", "Concat").Fed(2, 3, 4).Fed(2, 3, 1).With("axis", -1);
        yield return KernelCase.Of("Slice", "Slice").Fed(3, 5, 6).Integers(1, 0).Integers(4, 5).Integers(1, 2).Integers(1, 2);
        yield return KernelCase.Of("Slice, from the end", "Slice").Fed(3, 5, 6).Integers(-3).Integers(long.MaxValue).Integers(-1);
        yield return KernelCase.Of("Slice, backwards", "Slice").Fed(3, 5, 6).Integers(-1, 4).Integers(long.MinValue, 0).Integers(1, 2).Integers(-2, -1);
        yield return KernelCase.Of("Slice, every axis", "Slice").Fed(3, 5).Integers(1, 1).Integers(9, 4);
        yield return KernelCase.Of("Slice, attributes", "Slice", 9).Fed(3, 5, 6).With("starts", [1, 2]).With("ends", [3, -1]).With("axes", [1, 2]);
        yield return KernelCase.Of("Split, equal", "Split").Fed(2, 6, 3).With("axis", 1).Reading("y1", "y2");
        yield return KernelCase.Of("Split, sizes", "Split").Fed(2, 6, 3).Integers(1, 5).With("axis", -2).Reading("y1");
        yield return KernelCase.Of("Split, attribute", "Split", 11).Fed(2, 6, 3).With("split", [4, 2]).With("axis", 1).Reading("y1");
        yield return KernelCase.Of("Split, smaller last", "Split", 18).Fed(7, 2).With("num_outputs", 3).Reading("y1", "y2");
        yield return KernelCase.Of("Split, one part read", "Split").Fed(2, 6, 3).With("axis", 1).AlsoWriting("y1");
        yield return KernelCase.Of("Gather", "Gather").Fed(5, 3).IntegersOf([2, 2], 0, -1, 3, 0);
        yield return KernelCase.Of("Gather, one index", "Gather").Fed(2, 5, 3).Integer(-2).With("axis", 1);
        yield return KernelCase.Of("Gather, embedding", "Gather").Weight(5, 3).IntegersOf([2, 2], 0, 4, 3, 0);
        yield return KernelCase.Of("GatherElements", "GatherElements").Fed(3, 4).IntegersOf([2, 4], 0, 1, 2, -1, 1, 1, 0, 2);
        yield return KernelCase.Of("GatherElements, axis 1", "GatherElements").Fed(2, 3).IntegersOf([2, 2], 0, -1, 2, 2).With("axis", 1);
        yield return KernelCase.Of("GatherND", "GatherND").Fed(3, 4, 2).IntegersOf([3, 2], 0, 1, 2, -1, 0, 1);
        yield return KernelCase.Of("GatherND, batch_dims", "GatherND").Fed(2, 3, 4).IntegersOf([2, 2, 1], 0, 2, 1, -1).With("batch_dims", 1);
        yield return KernelCase.Of("Expand", "Expand").Fed(3, 1).Integers(2, 1, 4);
        yield return KernelCase.Of("Expand, fewer axes", "Expand").Fed(2, 3, 1).Integers(3, 2);
        yield return KernelCase.Of("Tile", "Tile").Fed(2, 3).Integers(2, 3);
        yield return KernelCase.Of("Pad", "Pad").Fed(2, 3, 4).Integers(0, 1, 2, 0, 0, 1);
        yield return KernelCase.Of("Pad, value, crop", "Pad").Fed(2, 3, 4).Integers(0, -1, 2, 0, 0, -1).Number(0.5f);
        yield return KernelCase.Of("Pad, attributes", "Pad", 10).Fed(2, 3, 4).With("pads", [0, 1, 2, 0, 0, 1]).With("value", 1.5f);
        yield return KernelCase.Of("Pad, reflect", "Pad").Fed(2, 3, 4).Integers(0, 1, 2, 0, 2, 1).With("mode", "reflect");
        yield return KernelCase.Of("Pad, edge", "Pad").Fed(2, 3, 4).Integers(0, 1, 2, 0, 2, 1).With("mode", "edge");
        yield return KernelCase.Of("Pad, wrap, axes", "Pad", 19).Fed(2, 3, 4).Integers(1, 2, 2, 1).Nothing().Integers(-1, 1).With("mode", "wrap");
        foreach (var mode in new[] { "DCR", "CRD" })
        {
            yield return KernelCase.Of($"DepthToSpace, {mode}", "DepthToSpace").Fed(2, 12, 3, 2).With("blocksize", 2).With("mode", mode);
        }

        yield return KernelCase.Of("SpaceToDepth", "SpaceToDepth").Fed(2, 3, 4, 6).With("blocksize", 2);
        yield return KernelCase.Of("CumSum", "CumSum").Fed(3, 4).Integer(1);
        yield return KernelCase.Of("CumSum, reverse", "CumSum").Fed(3, 4).Integer(-2).With("reverse", 1);
        yield return KernelCase.Of("CumSum, exclusive", "CumSum").Fed(3, 4).Integer(1).With("exclusive", 1);
        yield return KernelCase.Of("CumSum, exclusive, reverse", "CumSum").Fed(3, 4).Integer(1).With("exclusive", 1).With("reverse", 1);
        yield return KernelCase.Of("Trilu", "Trilu", 14).Fed(2, 4, 5);
        yield return KernelCase.Of("Trilu, lower", "Trilu", 14).Fed(4, 4).Integer(1).With("upper", 0);
        yield return KernelCase.Of("TopK", "TopK").Fed(3, 6).Integers(2).ReadingAs(ElementType.Int64, "y1");
        yield return KernelCase.Of("TopK, smallest, axis 0", "TopK").Fed(5, 3).Integers(3).With("axis", 0).With("largest", 0).ReadingAs(ElementType.Int64, "y1");
        yield return KernelCase.Of("TopK, attribute", "TopK", 9).Fed(3, 6).With("k", 2).AlsoWriting("y1");
        foreach (var name in new[] { "ScatterElements", "Scatter" })
        {
            yield return KernelCase.Of(name, name, name == "Scatter" ? 9 : 13).Fed(3, 4).IntegersOf([2, 3], 0, 1, 2, 2, 0, 1).Fed(2, 3);
        }

        yield return KernelCase.Of("ScatterElements, axis 1, add", "ScatterElements", 16).Fed(2, 4).IntegersOf([2, 3], 0, 1, 1, -1, 0, 3).Fed(2, 3)
            .With("axis", 1).With("reduction", "add");
        yield return KernelCase.Of("ScatterND", "ScatterND").Fed(3, 4, 2).IntegersOf([2, 2], 0, 1, 2, -1).Fed(2, 2);
        yield return KernelCase.Of("ScatterND, add", "ScatterND", 16).Fed(4, 2).IntegersOf([3, 1], 0, 1, 1).Fed(3, 2).With("reduction", "add");
        yield return KernelCase.Of("ReverseSequence", "ReverseSequence").Fed(4, 3, 2).Integers(4, 2, 1);
        yield return KernelCase.Of("ReverseSequence, batch first", "ReverseSequence").Fed(3, 4).Integers(1, 4, 3).With("batch_axis", 0).With("time_axis", 1);
        yield return KernelCase.Of("Compress", "Compress").Fed(2, 3).Flags([3], true, false, true).With("axis", 1);
        yield return KernelCase.Of("Compress, flattened", "Compress").Fed(2, 3).Flags([5], true, false, true, false, true);
        foreach (var mode in new[] { "bilinear", "nearest" })
        {
            foreach (var padding in new[] { "zeros", "border", "reflection" })
            {
                var sample = KernelCase.Of($"GridSample, {mode}, {padding}", "GridSample", 16).Fed(2, 3, 4, 5).Fed(2, 3, 2, 2)
                    .With("mode", mode).With("padding_mode", padding);
                yield return mode == "nearest" ? sample.With("align_corners", 1) : sample;
            }
        }
    }
}
