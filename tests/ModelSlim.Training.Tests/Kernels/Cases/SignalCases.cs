using ModelSlim.Core.Tensors;

namespace ModelSlim.Training.Tests.Kernels.Cases;

/// <summary>Spectra and windows, matrices, bits.</summary>
internal static class SignalCases
{
    public static IEnumerable<KernelCase> All() => [.. Spectra(), .. Windows(), .. Matrices(), .. Bits()];

    private static IEnumerable<KernelCase> Spectra()
    {
        yield return KernelCase.Of("DFT", "DFT", 17).Fed(2, 6, 1);
        yield return KernelCase.Of("DFT, complex, inverse", "DFT", 17).Fed(2, 3, 5, 2).With("axis", 2).With("inverse", 1);
        yield return KernelCase.Of("DFT, onesided", "DFT", 17).Fed(2, 6, 1).With("onesided", 1);
        yield return KernelCase.Of("DFT, length", "DFT", 20).Fed(2, 6, 1).Integer(8);
        yield return KernelCase.Of("DFT, axis", "DFT", 20).Fed(4, 3, 2).Nothing().Integer(0);
        yield return KernelCase.Of("STFT", "STFT", 17).Fed(2, 16, 1).Integer(4).Positive(8).Integer(8);
        yield return KernelCase.Of("STFT, without window", "STFT", 17).Fed(1, 12, 1).Integer(3).Nothing().Integer(6).With("onesided", 0);
    }

    private static IEnumerable<KernelCase> Windows()
    {
        foreach (var op in new[] { "BlackmanWindow", "HammingWindow", "HannWindow" })
        {
            yield return KernelCase.Of(op, op, 17).Integer(9).WithoutGradients();
            yield return KernelCase.Of($"{op}, symmetric", op, 17).Integer(8).With("periodic", 0).WithoutGradients();
        }

        yield return KernelCase.Of("HannWindow, double", "HannWindow", 17).Integer(8).With("output_datatype", (long)ElementType.Double).Giving(ElementType.Double);
    }

    private static IEnumerable<KernelCase> Matrices()
    {
        yield return KernelCase.Of("Det", "Det", 11).Fed(2, 3, 3);
        yield return KernelCase.Of("Trilu, fused", "Trilu", domain: "com.microsoft").Fed(3, 4).Integer(1);
    }

    private static IEnumerable<KernelCase> Bits()
    {
        foreach (var op in new[] { "BitwiseAnd", "BitwiseOr", "BitwiseXor" })
        {
            yield return KernelCase.Of(op, op, 18).Integers(5, 12, -3).Integers(6, 10, 9).Giving(ElementType.Int64);
        }

        yield return KernelCase.Of("BitwiseNot", "BitwiseNot", 18).Integers(5, 0, -3).Giving(ElementType.Int64);
        yield return KernelCase.Of("BitShift, left", "BitShift", 11).Bytes(5, 1, 16).Bytes(1, 3, 2).With("direction", "LEFT").Giving(ElementType.UInt8);
        yield return KernelCase.Of("BitShift, right", "BitShift", 11).Bytes(5, 1, 16).Bytes(1, 3, 2).With("direction", "RIGHT").Giving(ElementType.UInt8);
    }

    private static KernelCase Bytes(this KernelCase sample, params byte[] values) => sample.Stored(new TensorData(ElementType.UInt8, [values.Length], values));
}
