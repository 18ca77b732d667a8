using ModelSlim.Core.Data;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;
using ModelSlim.Training.Kernels;
using ModelSlim.Training.Tests.Kernels;

namespace ModelSlim.Emulation;

/// <summary>
/// Larger cases: libraries choose other code for them, and bits that differ for one number in a thousand show. Functions of one value
/// get many numbers from the range of their own case.
/// </summary>
internal static class WideCases
{
    private const int Many = 20_011;

    private static readonly Kernel[] Functions =
        [new Unary(), new Activation(), new Sigmoid(), new HardSigmoid(), new HardSwish(), new Relu(), new LeakyRelu(), new Power(), new FusedGelu(), new Clip()];

    /// <summary>The cases.</summary>
    public static IEnumerable<KernelCase> All()
    {
        var functions = Functions.SelectMany(kernel => kernel.OpTypes.Select(name => (kernel.Domain, name))).ToHashSet();
        return KernelCases.All
            .Where(sample => functions.Contains((sample.Node.Domain, sample.Node.OpType)) && sample.Inputs.Length == 1)
            .Where(sample => sample.Graph.Initializers.Values.All(constant => constant.Length == 1))
            .Select(OnMany)
            .Concat(Layers());
    }

    private static KernelCase OnMany(KernelCase sample)
    {
        var values = sample.Inputs[0].ToSingles();
        var (low, high, random) = (values.Min(), values.Max(), new SplitMix(5, sample.Name));
        var many = new float[Many];
        for (var i = 0; i < many.Length; i++)
        {
            many[i] = low + ((high - low) * random.NextSingle());
        }

        return sample with
        {
            Name = $"{sample.Name}, many",
            Inputs = [TensorData.From([Many], many)],
            Graph = sample.Graph with { Inputs = [sample.Graph.Inputs[0] with { Shape = [new Dimension(Many, null)] }] },
        };
    }

    private static IEnumerable<KernelCase> Layers()
    {
        yield return Of("Conv, wide", "Conv").Fed(16, 32, 16, 16).Weight(64, 32, 3, 3).Weight(64).With("pads", [1, 1, 1, 1]);
        yield return Of("Conv, wide, strided", "Conv").Fed(16, 32, 17, 17).Weight(48, 32, 3, 3).With("strides", [2, 2]);
        yield return Of("Conv, wide, 1 x 1", "Conv").Fed(16, 64, 8, 8).Weight(96, 64, 1, 1).Weight(96);
        yield return Of("Conv, wide, 1 x 1, one sample", "Conv").Fed(1, 64, 8, 8).Weight(96, 64, 1, 1).Weight(96);
        yield return Of("Conv, wide, depthwise", "Conv").Fed(16, 64, 12, 12).Weight(64, 1, 3, 3).Weight(64).With("group", 64).With("pads", [1, 1, 1, 1]);
        yield return Of("Conv, wide, groups", "Conv").Fed(16, 64, 9, 9).Weight(64, 16, 3, 3).With("group", 4);
        yield return Of("Conv, wide, 1-D", "Conv").Fed(16, 32, 60).Weight(48, 32, 5);
        yield return Of("Conv, wide, 3-D", "Conv").Fed(8, 8, 6, 7, 8).Weight(16, 8, 3, 3, 3);
        yield return Of("ConvTranspose, wide", "ConvTranspose").Fed(16, 32, 8, 8).Weight(32, 24, 4, 4).Weight(24).With("strides", [2, 2]).With("pads", [1, 1, 1, 1]);
        yield return Of("BatchNormalization, wide", "BatchNormalization").Fed(16, 40, 9, 9).Positive(40).Weight(40).Weight(40).Positive(40);
        yield return Of("LayerNormalization, wide", "LayerNormalization", 17).Fed(8, 33, 200).Positive(200).Weight(200);
        yield return Of("InstanceNormalization, wide", "InstanceNormalization").Fed(8, 24, 15, 15).Positive(24).Weight(24);
        yield return Of("Softmax, wide", "Softmax").Fed(33, 1000);
        yield return Of("LogSoftmax, wide", "LogSoftmax").Fed(33, 1000);
        yield return Of("Gemm, wide", "Gemm").Fed(64, 300).Weight(200, 300).Weight(200).With("transB", 1);
        yield return Of("Gemm, wide, few rows", "Gemm").Fed(3, 300).Weight(200, 300).Weight(200).With("transB", 1);
        yield return Of("MatMul, wide", "MatMul").Fed(8, 50, 96).Weight(96, 130);
        yield return Of("MatMul, wide, both fed", "MatMul").Fed(8, 4, 50, 32).Fed(8, 4, 32, 50);
        yield return Of("LSTM, wide", "LSTM", 14).Fed(12, 16, 40).Weight(1, 256, 40).Weight(1, 256, 64).Weight(1, 512).With("hidden_size", 64);
        yield return Of("GRU, wide", "GRU", 14).Fed(12, 16, 40).Weight(1, 192, 40).Weight(1, 192, 64).Weight(1, 384).With("hidden_size", 64);
        yield return Of("AveragePool, wide", "AveragePool").Fed(16, 24, 16, 16).With("kernel_shape", [3, 3]).With("strides", [2, 2]);
        yield return Of("GlobalAveragePool, wide", "GlobalAveragePool").Fed(16, 64, 14, 14);
        yield return Of("ReduceMean, wide", "ReduceMean").Fed(16, 64, 14, 14).With("axes", [1]);
        yield return Of("ReduceSum, wide, all", "ReduceSum").Fed(16, 64, 14, 14);
    }

    private static KernelCase Of(string name, string opType, int opset = 13) => KernelCase.Of(name, opType, opset);
}
