namespace ModelSlim.Training.Tests.Kernels.Cases;

/// <summary>Products of matrices, and attention.</summary>
internal static class ProductCases
{
    public static IEnumerable<KernelCase> All()
    {
        yield return KernelCase.Of("Gemm", "Gemm").Fed(3, 4).Weight(4, 5).Weight(5);
        yield return KernelCase.Of("Gemm, transB", "Gemm").Fed(3, 4).Weight(5, 4).Weight(5).With("transB", 1);
        yield return KernelCase.Of("Gemm, transA, alpha, beta", "Gemm").Fed(4, 3).Weight(4, 5).Weight(3, 1)
            .With("transA", 1).With("alpha", 0.5f).With("beta", 2f);
        yield return KernelCase.Of("Gemm, without C", "Gemm").Fed(3, 4).Weight(4, 5).With("alpha", 0.5f);
        yield return KernelCase.Of("Gemm, two values", "Gemm").Fed(3, 4).Fed(4, 2).Fed(3, 2);
        yield return KernelCase.Of("MatMul, weight", "MatMul").Fed(2, 3, 4).Weight(4, 5);
        yield return KernelCase.Of("MatMul, batches", "MatMul").Fed(2, 1, 3, 4).Fed(3, 4, 2);
        yield return KernelCase.Of("MatMul, vector", "MatMul").Fed(2, 3, 4).Weight(4);
        yield return KernelCase.Of("Einsum, matrix product", "Einsum").Fed(2, 3, 4).Weight(4, 5).With("equation", "bij,jk->bik");
        yield return KernelCase.Of("Einsum, heads", "Einsum").Fed(2, 3, 4, 2).Fed(2, 5, 4, 2).With("equation", "bqhd, bkhd -> bhqk");
        yield return KernelCase.Of("Einsum, implicit output", "Einsum").Fed(3, 4).Fed(4, 2).With("equation", "ij,jk");
        yield return KernelCase.Of("Attention", "Attention", 23).Fed(2, 3, 4, 5).Fed(2, 3, 6, 5).Fed(2, 3, 6, 2);
        yield return KernelCase.Of("Attention, merged heads, causal", "Attention", 23).Fed(2, 4, 6).Fed(2, 4, 6).Fed(2, 4, 6)
            .With("q_num_heads", 3).With("kv_num_heads", 3).With("is_causal", 1);
        yield return KernelCase.Of("Attention, shared keys, scale, cap", "Attention", 23).Fed(1, 4, 8).Fed(1, 4, 4).Fed(1, 4, 4)
            .With("q_num_heads", 4).With("kv_num_heads", 2).With("scale", 0.3f).With("softcap", 2f);
        yield return KernelCase.Of("Attention, addends", "Attention", 23).Fed(1, 2, 3, 4).Fed(1, 2, 3, 4).Fed(1, 2, 3, 4).Fed(3, 3);
        yield return KernelCase.Of("Attention, flags", "Attention", 23).Fed(1, 1, 2, 4).Fed(1, 1, 2, 4).Fed(1, 1, 2, 4).Flags([2, 2], true, false, true, true);
    }
}
