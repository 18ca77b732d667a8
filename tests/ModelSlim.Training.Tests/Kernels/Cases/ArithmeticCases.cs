using ModelSlim.Core.Tensors;

namespace ModelSlim.Training.Tests.Kernels.Cases;

/// <summary>Element-wise operators of two and more values.</summary>
internal static class ArithmeticCases
{
    public static IEnumerable<KernelCase> All()
    {
        foreach (var name in new[] { "Add", "Sub", "Mul", "Div" })
        {
            yield return KernelCase.Of($"{name}, two values", name).Fed(2, 3, 4).Fed(2, 3, 4);
            yield return KernelCase.Of($"{name}, broadcast both ways", name).Fed(3, 1, 4).Fed(2, 1, 5, 1);
            yield return KernelCase.Of($"{name}, constant", name).Fed(2, 3, 4).Positive(3, 1);
        }

        yield return KernelCase.Of("Mul, number", "Mul").Fed(2, 3).Number(3);
        foreach (var name in new[] { "Max", "Min", "Mean", "Sum" })
        {
            yield return KernelCase.Of($"{name}, three values", name).Fed(2, 3, 4).Fed(3, 1).Fed(4);
            yield return KernelCase.Of($"{name}, one value", name).Fed(2, 3);
        }

        foreach (var exponent in new[] { 1, 2, 3, 0.5f, -0.5f, -1, -2, 1.7f })
        {
            yield return KernelCase.Of($"Pow, {exponent}", "Pow").FedPositive(2, 3, 4).Number(exponent);
        }

        yield return KernelCase.Of("Pow, whole number", "Pow").Fed(2, 3).Integer(2);
        yield return KernelCase.Of("Pow, two values", "Pow").FedPositive(2, 3).Fed(3);
        yield return KernelCase.Of("Mod, fmod", "Mod").Fed(2, 3).Positive(3).With("fmod", 1).WithoutGradients();
        foreach (var name in new[] { "Greater", "GreaterOrEqual", "Less", "LessOrEqual", "Equal" })
        {
            yield return KernelCase.Of(name, name).Fed(2, 3, 4).Fed(3, 1).Giving(ElementType.Bool);
        }

        foreach (var name in new[] { "And", "Or", "Xor" })
        {
            yield return KernelCase.Of(name, name).Flags([4], true, true, false, false).Flags([4], true, false, true, false).Giving(ElementType.Bool);
        }

        yield return KernelCase.Of("Not", "Not").Flags([2], true, false).Giving(ElementType.Bool);
        yield return KernelCase.Of("IsInf", "IsInf").Fed(2, 3).Giving(ElementType.Bool);
        yield return KernelCase.Of("IsNaN", "IsNaN").Fed(2, 3).Giving(ElementType.Bool);
        yield return KernelCase.Of("Where", "Where").Flags([3, 1], true, false, true).Fed(2, 3, 4).Fed(4);
        foreach (var name in new[] { "Add", "Sub", "Mul", "Div", "Mod" })
        {
            yield return KernelCase.Of($"{name}, integers", name).Integers(-7, 7, 9).Integers(2, 2, -4).Giving(ElementType.Int64);
        }
    }
}
