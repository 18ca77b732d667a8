using ModelSlim.Core.Tensors;

namespace ModelSlim.Training.Tests.Kernels.Cases;

/// <summary>Shape arithmetic: extents, numbers that are made, conversions.</summary>
internal static class ShapeCases
{
    public static IEnumerable<KernelCase> All()
    {
        yield return KernelCase.Of("Shape", "Shape").Fed(2, 3, 4).Giving(ElementType.Int64);
        yield return KernelCase.Of("Shape, part", "Shape", 15).Fed(2, 3, 4, 5).With("start", 1).With("end", -1).Giving(ElementType.Int64);
        yield return KernelCase.Of("Size", "Size").Fed(2, 3, 4).Giving(ElementType.Int64);
        yield return KernelCase.Of("ConstantOfShape", "ConstantOfShape").Integers(2, 3).WithoutGradients();
        yield return KernelCase.Of("ConstantOfShape, number", "ConstantOfShape").Integers(2, 3)
            .With("value", TensorData.From([1], [1.5f])).WithoutGradients();
        yield return KernelCase.Of("ConstantOfShape, integer", "ConstantOfShape").Integers(2)
            .With("value", TensorData.From([1], [7L])).Giving(ElementType.Int64);
        yield return KernelCase.Of("ConstantOfShape, flag", "ConstantOfShape").Integers(2)
            .With("value", new TensorData(ElementType.Bool, [1], new byte[] { 1 })).Giving(ElementType.Bool);
        yield return KernelCase.Of("ConstantOfShape, scalar", "ConstantOfShape").Integers().WithoutGradients();
        yield return KernelCase.Of("Range, integers", "Range").Integer(2).Integer(9).Integer(3).Giving(ElementType.Int64);
        yield return KernelCase.Of("Range, backwards", "Range").Integer(5).Integer(0).Integer(-2).Giving(ElementType.Int64);
        yield return KernelCase.Of("Range, numbers", "Range").Number(0.5f).Number(3).Number(0.75f).WithoutGradients();
        yield return KernelCase.Of("Cast, to numbers", "Cast").Integers(1, -2).With("to", (long)ElementType.Float).WithoutGradients();
        yield return KernelCase.Of("Cast, to integers", "Cast").Fed(2, 3).With("to", (long)ElementType.Int64).Giving(ElementType.Int64);
        yield return KernelCase.Of("Cast, to flags", "Cast").Integers(0, 2).With("to", (long)ElementType.Bool).Giving(ElementType.Bool);
        yield return KernelCase.Of("Cast, flags to numbers", "Cast").Flags([2], true, false).With("to", (long)ElementType.Float).WithoutGradients();
        yield return KernelCase.Of("Cast, to double", "Cast").Fed(2, 3).With("to", (long)ElementType.Double).Giving(ElementType.Double);
        yield return KernelCase.Of("CastLike", "CastLike", 15).Integers(1, -2).Number(0).WithoutGradients();
        yield return KernelCase.Of("Gather, extents", "Gather").Integers(2, 3, 4).Integers(2, 0).Giving(ElementType.Int64);
        yield return KernelCase.Of("Concat, extents", "Concat").Integers(2, 3).Integers(4).With("axis", 0).Giving(ElementType.Int64);
        yield return KernelCase.Of("Slice, extents", "Slice").Integers(2, 3, 4).Integers(1).Integers(3).Giving(ElementType.Int64);
        yield return KernelCase.Of("Unsqueeze, extent", "Unsqueeze").Integer(2).Integers(0).Giving(ElementType.Int64);
        yield return KernelCase.Of("Squeeze, extent", "Squeeze").Integers(2).Integers(0).Giving(ElementType.Int64);
        yield return KernelCase.Of("Pad, integers", "Pad").Integers(2, 3).Integers(1, 0).Giving(ElementType.Int64);
        yield return KernelCase.Of("Expand, integers", "Expand").Integers(2).Integers(3).Giving(ElementType.Int64);
        yield return KernelCase.Of("OneHot", "OneHot").Integers(0, -1, 2).Integers(4).Numbers(0.5f, 2).WithoutGradients();
        yield return KernelCase.Of("OneHot, axis 0", "OneHot").IntegersOf([2, 2], 0, 1, 2, 1).Integers(3).Integers(0, 7).With("axis", 0).Giving(ElementType.Int64);
        yield return KernelCase.Of("EyeLike", "EyeLike").Fed(3, 4).With("k", 1).WithoutGradients();
        yield return KernelCase.Of("EyeLike, integers", "EyeLike").Fed(3, 3).With("dtype", (long)ElementType.Int64).Giving(ElementType.Int64);
        yield return KernelCase.Of("NonZero", "NonZero").Flags([2, 3], true, false, true, false, false, true).Giving(ElementType.Int64);
    }
}
