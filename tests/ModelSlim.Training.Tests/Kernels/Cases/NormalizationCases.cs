namespace ModelSlim.Training.Tests.Kernels.Cases;

/// <summary>Normalizations.</summary>
internal static class NormalizationCases
{
    public static IEnumerable<KernelCase> All()
    {
        foreach (var opset in new[] { 7, 9, 15 })
        {
            yield return KernelCase.Of($"BatchNormalization, opset {opset}", "BatchNormalization", opset)
                .Fed(3, 4, 3, 2).Positive(4).Weight(4).Weight(4).Positive(4).With("epsilon", 1e-3f);
        }

        yield return KernelCase.Of("BatchNormalization, vectors", "BatchNormalization")
            .Fed(3, 4).Positive(4).Weight(4).Weight(4).Positive(4);
        yield return KernelCase.Of("BatchNormalization, training form", "BatchNormalization", 15)
            .Fed(3, 4, 3, 2).Positive(4).Weight(4).Weight(4).Positive(4).With("training_mode", 1).AlsoWriting("mean", "variance");
        yield return KernelCase.Of("LayerNormalization", "LayerNormalization", 17).Fed(2, 3, 6).Positive(6).Weight(6);
        yield return KernelCase.Of("LayerNormalization, axis 1, no shift", "LayerNormalization", 17)
            .Fed(2, 3, 6).Positive(3, 6).With("axis", 1).With("epsilon", 1e-3f);
        yield return KernelCase.Of("LayerNormalization, scale broadcasts", "LayerNormalization", 17).Fed(2, 3, 6).Positive(6).Weight(6).With("axis", 1);
        yield return KernelCase.Of("SimplifiedLayerNormalization", "SimplifiedLayerNormalization").Fed(2, 3, 6).Positive(6).With("epsilon", 1e-3f);
        yield return KernelCase.Of("RMSNormalization", "RMSNormalization", 23).Fed(2, 3, 6).Positive(6);
        yield return KernelCase.Of("RMSNormalization, axis 1", "RMSNormalization", 23).Fed(2, 3, 6).Positive(3, 6).With("axis", 1);
        yield return KernelCase.Of("InstanceNormalization", "InstanceNormalization").Fed(2, 3, 4, 5).Positive(3).Weight(3);
        yield return KernelCase.Of("InstanceNormalization, 1-D", "InstanceNormalization").Fed(2, 3, 7).Positive(3).Weight(3).With("epsilon", 1e-3f);
        yield return KernelCase.Of("GroupNormalization, opset 18", "GroupNormalization", 18).Fed(2, 6, 4, 3).Positive(3).Weight(3).With("num_groups", 3);
        yield return KernelCase.Of("GroupNormalization, opset 21", "GroupNormalization", 21).Fed(2, 6, 4, 3).Positive(6).Weight(6).With("num_groups", 3);
        yield return KernelCase.Of("LRN", "LRN").Fed(2, 7, 3, 2).With("size", 5).With("alpha", 0.1f).With("bias", 2f);
        yield return KernelCase.Of("LRN, root", "LRN").Fed(2, 5, 3, 2).With("size", 3).With("alpha", 0.2f).With("beta", 0.5f);
        yield return KernelCase.Of("MeanVarianceNormalization", "MeanVarianceNormalization").Fed(2, 3, 4, 3);
        yield return KernelCase.Of("MeanVarianceNormalization, axes", "MeanVarianceNormalization").Fed(2, 3, 4, 3).With("axes", [2, 3]);
        yield return KernelCase.Of("LpNormalization", "LpNormalization").Fed(2, 3, 4);
        yield return KernelCase.Of("LpNormalization, order 1, axis 1", "LpNormalization").Fed(2, 3, 4).With("p", 1).With("axis", 1);
    }
}
