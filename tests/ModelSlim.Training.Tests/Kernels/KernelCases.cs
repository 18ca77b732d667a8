namespace ModelSlim.Training.Tests.Kernels;

/// <summary>Every form of every operator that has a kernel.</summary>
public static class KernelCases
{
    public static IEnumerable<KernelCase> All { get; } =
    [
        .. Convolutions(), .. Normalizations(), .. Activations(), .. Arithmetic(), .. Pools(), .. Movements(), .. Products(),
    ];

    private static IEnumerable<KernelCase> Convolutions()
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

        static KernelCase Conv(string form) => KernelCase.Of($"Conv, {form}", "Conv");
    }

    private static IEnumerable<KernelCase> Normalizations()
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
    }

    private static IEnumerable<KernelCase> Activations()
    {
        foreach (var name in new[] { "Relu", "Sigmoid", "HardSigmoid", "LeakyRelu", "Identity", "Dropout" })
        {
            yield return KernelCase.Of(name, name).Fed(2, 3, 4);
        }

        yield return KernelCase.Of("HardSwish", "HardSwish", 14).Fed(2, 3, 40);
        yield return KernelCase.Of("HardSigmoid, attributes", "HardSigmoid").Fed(5, 5).With("alpha", 0.7f).With("beta", 0.3f);
        yield return KernelCase.Of("LeakyRelu, attribute", "LeakyRelu").Fed(5, 5).With("alpha", 0.3f);
        yield return KernelCase.Of("Dropout, opset 7", "Dropout", 7).Fed(5, 5).With("ratio", 0.3f);
        yield return KernelCase.Of("Clip, attributes", "Clip", 6).Fed(4, 5).With("min", -0.5f).With("max", 1f);
        yield return KernelCase.Of("Clip, inputs", "Clip").Fed(4, 5).Number(-0.5f).Number(1);
        yield return KernelCase.Of("Clip, max alone", "Clip").Fed(4, 5).Nothing().Number(1);
        yield return KernelCase.Of("Clip, min alone", "Clip").Fed(4, 5).Number(0);
        yield return KernelCase.Of("Clip, no bound", "Clip").Fed(4, 5);
        yield return KernelCase.Of("Softmax", "Softmax").Fed(2, 3, 4);
        yield return KernelCase.Of("Softmax, axis 1", "Softmax").Fed(2, 3, 4).With("axis", 1);
        yield return KernelCase.Of("Softmax, opset 11", "Softmax", 11).Fed(2, 3, 4);
        yield return KernelCase.Of("Softmax, opset 11, axis 2", "Softmax", 11).Fed(2, 3, 4).With("axis", 2);
        yield return KernelCase.Of("Softmax, opset 11, axis -2", "Softmax", 11).Fed(2, 3, 4).With("axis", -2);
    }

    private static IEnumerable<KernelCase> Arithmetic()
    {
        foreach (var name in new[] { "Add", "Sub", "Mul", "Div" })
        {
            yield return KernelCase.Of($"{name}, two values", name).Fed(2, 3, 4).Fed(2, 3, 4);
            yield return KernelCase.Of($"{name}, broadcast both ways", name).Fed(3, 1, 4).Fed(2, 1, 5, 1);
            yield return KernelCase.Of($"{name}, constant", name).Fed(2, 3, 4).Positive(3, 1);
        }

        yield return KernelCase.Of("Mul, number", "Mul").Fed(2, 3).Number(3);
    }

    private static IEnumerable<KernelCase> Pools()
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
    }

    private static IEnumerable<KernelCase> Movements()
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
    }

    private static IEnumerable<KernelCase> Products()
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
    }
}
