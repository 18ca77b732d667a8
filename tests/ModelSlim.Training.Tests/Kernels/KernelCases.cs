using ModelSlim.Training.Tests.Kernels.Cases;

namespace ModelSlim.Training.Tests.Kernels;

/// <summary>Every form of every operator that has a kernel.</summary>
public static class KernelCases
{
    public static IReadOnlyList<KernelCase> All { get; } =
    [
        .. ConvolutionCases.All(), .. NormalizationCases.All(), .. ActivationCases.All(), .. ArithmeticCases.All(), .. PoolCases.All(),
        .. ReductionCases.All(), .. MovementCases.All(), .. ShapeCases.All(), .. ResizeCases.All(), .. ProductCases.All(),
        .. RecurrentCases.All(), .. FusedCases.All(), .. GroupQueryCases.All(), .. RegionCases.All(), .. SignalCases.All(),
    ];
}
