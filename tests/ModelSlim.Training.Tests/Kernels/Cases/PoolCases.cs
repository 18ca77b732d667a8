namespace ModelSlim.Training.Tests.Kernels.Cases;

/// <summary>Pools.</summary>
internal static class PoolCases
{
    public static IEnumerable<KernelCase> All()
    {
        foreach (var name in new[] { "MaxPool", "AveragePool" })
        {
            KernelCase Pool(string form, int opset = 13) => KernelCase.Of($"{name}, {form}", name, opset);

            yield return Pool("plain").Fed(2, 3, 8, 6).With("kernel_shape", [2, 2]).With("strides", [2, 2]);
            yield return Pool("unit strides").Fed(2, 3, 5, 6).With("kernel_shape", [3, 2]);
            yield return Pool("pads").Fed(2, 3, 7, 6).With("kernel_shape", [3, 3]).With("strides", [2, 2]).With("pads", [1, 1, 1, 1]);
            yield return Pool("asymmetric pads").Fed(2, 3, 7, 6).With("kernel_shape", [3, 3]).With("pads", [0, 2, 1, 0]);
            yield return Pool("large pads").Fed(1, 2, 7, 6).With("kernel_shape", [3, 3]).With("pads", [2, 2, 2, 2]);
            yield return Pool("ceil_mode").Fed(2, 3, 8, 7).With("kernel_shape", [3, 3]).With("strides", [2, 3]).With("ceil_mode", 1);
            yield return Pool("ceil_mode, pads").Fed(1, 2, 6, 7).With("kernel_shape", [3, 2]).With("strides", [2, 2])
                .With("pads", [1, 1, 1, 1]).With("ceil_mode", 1);
            yield return Pool("1-D").Fed(2, 3, 9).With("kernel_shape", [3]).With("strides", [2]).With("pads", [1, 1]);
            yield return Pool("1-D, asymmetric pads").Fed(2, 3, 9).With("kernel_shape", [3]).With("pads", [0, 1]);
            yield return Pool("3-D").Fed(1, 2, 4, 5, 6).With("kernel_shape", [2, 2, 2]).With("strides", [2, 1, 2]);
            yield return Pool("SAME_UPPER").Fed(1, 2, 8, 7).With("kernel_shape", [3, 2]).With("strides", [2, 2]).With("auto_pad", "SAME_UPPER");
            yield return Pool("SAME_LOWER").Fed(1, 2, 8, 7).With("kernel_shape", [3, 2]).With("strides", [2, 2]).With("auto_pad", "SAME_LOWER");
            yield return Pool("VALID").Fed(1, 2, 8, 7).With("kernel_shape", [3, 2]).With("strides", [2, 2]).With("auto_pad", "VALID");
            yield return Pool("dilations", 19).Fed(1, 2, 8, 7).With("kernel_shape", [3, 2]).With("dilations", [2, 2]);
        }

        yield return KernelCase.Of("AveragePool, padding counts", "AveragePool").Fed(2, 3, 7, 6)
            .With("kernel_shape", [3, 3]).With("pads", [1, 1, 1, 1]).With("count_include_pad", 1);
        yield return KernelCase.Of("AveragePool, asymmetric padding counts", "AveragePool").Fed(2, 3, 7, 6)
            .With("kernel_shape", [3, 3]).With("pads", [0, 1, 2, 1]).With("count_include_pad", 1);
        yield return KernelCase.Of("AveragePool, padding counts, overhang does not", "AveragePool", 19).Fed(1, 2, 6, 7)
            .With("kernel_shape", [3, 3]).With("strides", [2, 3]).With("pads", [1, 1, 1, 1]).With("ceil_mode", 1).With("count_include_pad", 1);
        yield return KernelCase.Of("GlobalAveragePool", "GlobalAveragePool").Fed(2, 3, 4, 5);
        yield return KernelCase.Of("GlobalAveragePool, 1-D", "GlobalAveragePool").Fed(2, 3, 7);
        yield return KernelCase.Of("GlobalMaxPool", "GlobalMaxPool").Fed(2, 3, 4, 5);
        yield return KernelCase.Of("GlobalLpPool", "GlobalLpPool").Fed(2, 3, 4, 5);
        yield return KernelCase.Of("GlobalLpPool, order 3", "GlobalLpPool").Fed(2, 3, 5).With("p", 3);
        yield return KernelCase.Of("LpPool", "LpPool").Fed(2, 3, 8, 6).With("kernel_shape", [2, 3]).With("strides", [2, 1]);
        yield return KernelCase.Of("LpPool, order 1, pads", "LpPool").Fed(2, 3, 7, 6).With("kernel_shape", [3, 3]).With("pads", [1, 1, 1, 1]).With("p", 1);
        yield return KernelCase.Of("LpPool, order 3, 1-D", "LpPool").Fed(2, 3, 9).With("kernel_shape", [3]).With("p", 3);
    }
}
