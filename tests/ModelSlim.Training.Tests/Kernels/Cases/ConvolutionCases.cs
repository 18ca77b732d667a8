namespace ModelSlim.Training.Tests.Kernels.Cases;

/// <summary>Convolutions and transposed convolutions.</summary>
internal static class ConvolutionCases
{
    public static IEnumerable<KernelCase> All()
    {
        yield return Conv("plain").Fed(2, 3, 7, 6).Weight(4, 3, 3, 3).Weight(4).With("pads", [1, 1, 1, 1]);
        yield return Conv("without bias").Fed(2, 3, 7, 6).Weight(4, 3, 3, 2);
        yield return Conv("strides, dilations").Fed(1, 2, 11, 9).Weight(3, 2, 3, 3)
            .With("strides", [2, 3]).With("dilations", [2, 1]).With("pads", [2, 1, 2, 1]);
        yield return Conv("asymmetric pads").Fed(2, 2, 6, 7).Weight(3, 2, 3, 3).Weight(3).With("pads", [0, 1, 2, 0]);
        yield return Conv("groups").Fed(2, 6, 5, 5).Weight(4, 3, 3, 3).Weight(4).With("group", 2);
        yield return Conv("depthwise").Fed(2, 4, 5, 5).Weight(8, 1, 3, 3).With("group", 4).With("pads", [1, 1, 1, 1]);
        yield return Conv("1-D").Fed(2, 3, 9).Weight(4, 3, 3).Weight(4).With("pads", [2, 1]).With("strides", [2]);
        yield return Conv("3-D").Fed(1, 2, 5, 4, 6).Weight(3, 2, 2, 3, 3).Weight(3).With("pads", [0, 1, 1, 1, 1, 1]);
        yield return Conv("1 x 1 with strides").Fed(2, 4, 9, 8).Weight(6, 4, 1, 1).Weight(6).With("strides", [2, 3]);
        yield return Conv("1 x 1 with strides and pads").Fed(2, 3, 6, 7).Weight(5, 3, 1, 1).With("strides", [2, 2]).With("pads", [1, 0, 0, 1]);
        yield return Conv("1 x 1 with strides, depthwise").Fed(2, 4, 9, 8).Weight(4, 1, 1, 1).With("strides", [2, 2]).With("group", 4);
        foreach (var mode in new[] { "SAME_UPPER", "SAME_LOWER", "VALID" })
        {
            yield return Conv($"auto_pad {mode}").Fed(1, 2, 8, 7).Weight(3, 2, 3, 2).With("auto_pad", mode).With("strides", [2, 2]);
        }

        yield return Transpose("plain").Fed(2, 3, 5, 4).Weight(3, 4, 3, 3).Weight(4).With("strides", [2, 2]).With("pads", [1, 1, 1, 1]);
        yield return Transpose("without bias").Fed(1, 3, 4, 4).Weight(3, 2, 2, 2).With("strides", [2, 2]);
        yield return Transpose("output_padding").Fed(2, 3, 4, 5).Weight(3, 2, 3, 3).Weight(2)
            .With("strides", [2, 3]).With("pads", [1, 1, 1, 1]).With("output_padding", [1, 2]);
        yield return Transpose("output_padding past the result").Fed(1, 2, 4, 3).Weight(2, 2, 2, 2).Weight(2)
            .With("strides", [2, 2]).With("output_padding", [1, 1]);
        yield return Transpose("groups").Fed(2, 4, 4, 5).Weight(4, 3, 3, 3).Weight(6).With("group", 2).With("strides", [2, 2]);
        yield return Transpose("depthwise").Fed(1, 3, 4, 4).Weight(3, 1, 4, 4).With("group", 3).With("strides", [2, 2]).With("pads", [1, 1, 1, 1]);
        yield return Transpose("dilations").Fed(1, 2, 5, 4).Weight(2, 3, 3, 2).Weight(3).With("dilations", [2, 3]);
        yield return Transpose("asymmetric pads").Fed(1, 2, 5, 4).Weight(2, 3, 3, 3).Weight(3).With("strides", [2, 2]).With("pads", [0, 1, 2, 0]);
        yield return Transpose("output_shape").Fed(1, 2, 5, 4).Weight(2, 3, 3, 3).With("strides", [2, 2]).With("output_shape", [10, 8]);
        yield return Transpose("1-D").Fed(2, 3, 6).Weight(3, 4, 4).Weight(4).With("strides", [2]).With("pads", [1, 1]);
        yield return Transpose("3-D").Fed(1, 2, 3, 2, 3).Weight(2, 3, 2, 3, 2).Weight(3).With("strides", [1, 2, 2]);
        foreach (var mode in new[] { "SAME_UPPER", "SAME_LOWER", "VALID" })
        {
            yield return Transpose($"auto_pad {mode}").Fed(1, 2, 4, 3).Weight(2, 3, 3, 4).With("auto_pad", mode).With("strides", [2, 3]);
        }

        static KernelCase Conv(string form) => KernelCase.Of($"Conv, {form}", "Conv");

        static KernelCase Transpose(string form) => KernelCase.Of($"ConvTranspose, {form}", "ConvTranspose");
    }
}
