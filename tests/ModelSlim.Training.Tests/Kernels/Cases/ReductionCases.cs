using ModelSlim.Core.Tensors;

namespace ModelSlim.Training.Tests.Kernels.Cases;

/// <summary>Reductions, and where the extremes are.</summary>
internal static class ReductionCases
{
    public static IEnumerable<KernelCase> All()
    {
        foreach (var name in new[]
        {
            "ReduceL1", "ReduceL2", "ReduceLogSum", "ReduceLogSumExp", "ReduceMax", "ReduceMean", "ReduceMin", "ReduceProd", "ReduceSum",
            "ReduceSumSquare",
        })
        {
            var opset = name == "ReduceSum" ? 11 : 13;
            yield return KernelCase.Of($"{name}, all axes", name, opset).FedPositive(2, 3, 4);
            yield return KernelCase.Of($"{name}, attribute", name, opset).FedPositive(2, 3, 4).With("axes", [-1, 0]);
            yield return KernelCase.Of($"{name}, attribute, dropped", name, opset).FedPositive(2, 3, 4).With("axes", [1]).With("keepdims", 0);
            yield return KernelCase.Of($"{name}, input", name, 18).FedPositive(2, 3, 4).Integers(1, -1).With("keepdims", 0);
            yield return KernelCase.Of($"{name}, input left out", name, 18).FedPositive(2, 3, 4).With("keepdims", 0);
            yield return KernelCase.Of($"{name}, empty axes", name, 18).FedPositive(2, 3, 4).Integers().With("noop_with_empty_axes", 1);
        }

        yield return KernelCase.Of("ReduceL1, signs", "ReduceL1").Fed(3, 4).With("axes", [1]);
        yield return KernelCase.Of("ReduceSum, integers", "ReduceSum").Integers(2, 3, 4).Integers(0).Giving(ElementType.Int64);
        yield return KernelCase.Of("ReduceProd, integers", "ReduceProd").Integers(2, 3, 4).Giving(ElementType.Int64);
        foreach (var name in new[] { "ArgMax", "ArgMin" })
        {
            yield return KernelCase.Of(name, name).Fed(3, 4).Giving(ElementType.Int64);
            yield return KernelCase.Of($"{name}, dropped", name).Fed(2, 3, 4).With("axis", -1).With("keepdims", 0).Giving(ElementType.Int64);
            yield return KernelCase.Of($"{name}, last of equals", name).Integers(3, 1, 3, 1).With("select_last_index", 1).Giving(ElementType.Int64);
            yield return KernelCase.Of($"{name}, first of equals", name).Integers(3, 1, 3, 1).Giving(ElementType.Int64);
        }
    }
}
