using ModelSlim.Core.Tensors;

namespace ModelSlim.Training.Tests.Kernels.Cases;

/// <summary>Fusions that ONNX Runtime's optimizer writes.</summary>
internal static class FusedCases
{
    private const string Domain = "com.microsoft";

    public static IEnumerable<KernelCase> All()
    {
        foreach (var activation in new[] { "Relu", "Sigmoid", "Tanh", "LeakyRelu", "Clip", "HardSigmoid" })
        {
            var sample = Of($"FusedConv, {activation}", "FusedConv").Fed(2, 3, 5, 6).Weight(4, 3, 3, 3).Weight(4)
                .With("pads", [1, 1, 1, 1]).With("activation", activation);
            yield return activation switch
            {
                "LeakyRelu" => sample.With("activation_params", [0.2f]),
                "Clip" => sample.With("activation_params", [-1f, 1.5f]),
                "HardSigmoid" => sample.With("activation_params", [0.1f, 0.4f]),
                _ => sample,
            };
        }

        yield return Of("FusedConv, addend", "FusedConv").Fed(2, 3, 5, 6).Weight(4, 3, 3, 3).Weight(4).Fed(2, 4, 3, 4).With("activation", "Relu");
        yield return Of("FusedGemm", "FusedGemm").Fed(3, 4).Weight(5, 4).Weight(5).With("transB", 1).With("activation", "LeakyRelu").With("activation_alpha", 0.2f);
        yield return Of("FusedMatMul", "FusedMatMul").Fed(2, 3, 4).Fed(2, 5, 4).With("transB", 1).With("alpha", 0.3f);
        yield return Of("FusedMatMul, transA", "FusedMatMul").Fed(2, 4, 3).Weight(4, 5).With("transA", 1);
        yield return Of("TransposeMatMul", "TransposeMatMul").Fed(2, 3, 4).Fed(2, 5, 4).With("transB", 1);
        yield return Of("Gelu, fused", "Gelu").Fed(2, 3, 40);
        yield return Of("BiasGelu", "BiasGelu").Fed(2, 3, 8).Weight(8);
        yield return Of("FastGelu", "FastGelu").Fed(2, 3, 8);
        yield return Of("FastGelu, bias", "FastGelu").Fed(2, 3, 8).Weight(8);
        yield return Of("QuickGelu", "QuickGelu").Fed(2, 3, 8);
        yield return Of("SkipLayerNormalization", "SkipLayerNormalization").Fed(2, 3, 8).Fed(2, 3, 8).Positive(8).Weight(8).Weight(8)
            .With("epsilon", 1e-5f).Reading("", "", "y3");
        yield return Of("SkipLayerNormalization, short", "SkipLayerNormalization").Fed(2, 3, 8).Fed(2, 3, 8).Positive(8).With("epsilon", 1e-5f);
        yield return Of("SkipSimplifiedLayerNormalization", "SkipSimplifiedLayerNormalization").Fed(2, 3, 8).Fed(2, 3, 8).Positive(8).Weight(8)
            .With("epsilon", 1e-5f).Reading("", "", "y3");
        yield return Of("EmbedLayerNormalization", "EmbedLayerNormalization").Words(2, 3, 0, 1, 4, 2, 2, 3).Words(2, 3, 0, 0, 1, 1, 0, 1)
            .Weight(5, 8).Weight(4, 8).Weight(2, 8).Positive(8).Weight(8).Words(2, 3, 1, 1, 0, 1, 1, 1).ReadingAs(ElementType.Int32, "y1");
        yield return Of("EmbedLayerNormalization, positions, sum", "EmbedLayerNormalization").Words(1, 3, 0, 1, 4).Nothing()
            .Weight(5, 8).Weight(4, 8).Nothing().Positive(8).Weight(8).Nothing().Words(1, 3, 2, 0, 3).AlsoWriting("").Reading("y2");
        foreach (var interleaved in new[] { 0, 1 })
        {
            yield return Of($"RotaryEmbedding, {interleaved}", "RotaryEmbedding").Fed(2, 3, 8).IntegersOf([2, 3], 0, 1, 2, 3, 4, 5).Weight(6, 2).Weight(6, 2)
                .With("interleaved", interleaved);
            yield return KernelCase.Of($"RotaryEmbedding of ONNX, {interleaved}", "RotaryEmbedding", 23).Fed(2, 2, 3, 4).Weight(6, 2).Weight(6, 2)
                .IntegersOf([2, 3], 0, 1, 2, 3, 4, 5).With("interleaved", interleaved);
        }

        yield return Of("RotaryEmbedding, one position", "RotaryEmbedding").Fed(2, 2, 3, 4).Integers(2).Weight(6, 2).Weight(6, 2);
        yield return KernelCase.Of("RotaryEmbedding of ONNX, looked up", "RotaryEmbedding", 23).Fed(2, 3, 8).Weight(2, 3, 2).Weight(2, 3, 2).With("num_heads", 2);
        yield return KernelCase.Of("RotaryEmbedding of ONNX, in part", "RotaryEmbedding", 23).Fed(2, 3, 12).Weight(2, 3, 2).Weight(2, 3, 2)
            .With("num_heads", 2).With("rotary_embedding_dim", 4);
        yield return Of("Attention, packed", "Attention").Fed(2, 3, 8).Weight(8, 24).Weight(24).With("num_heads", 2);
        yield return Of("Attention, packed, unidirectional", "Attention").Fed(2, 3, 8).Weight(8, 24).Weight(24).With("num_heads", 4).With("unidirectional", 1);
        yield return Of("Attention, packed, widths", "Attention").Fed(2, 3, 8).Weight(8, 20).Weight(20)
            .With("num_heads", 2).With("qkv_hidden_sizes", [8, 8, 4]).With("scale", 0.4f);
        yield return Of("Attention, packed, addends", "Attention").Fed(2, 3, 8).Weight(8, 24).Weight(24).Nothing().Nothing().Fed(2, 2, 3, 3).With("num_heads", 2);
        yield return Of("MultiHeadAttention", "MultiHeadAttention").Fed(2, 3, 8).Fed(2, 5, 8).Fed(2, 5, 8).With("num_heads", 2);
        yield return Of("MultiHeadAttention, bias, addends", "MultiHeadAttention").Fed(2, 3, 8).Fed(2, 3, 8).Fed(2, 3, 8).Weight(24).Nothing().Fed(1, 2, 3, 3)
            .With("num_heads", 2).With("scale", 0.4f);
        yield return Of("MultiHeadAttention, keys by head", "MultiHeadAttention").Fed(2, 3, 8).Fed(2, 2, 5, 4).Fed(2, 2, 5, 4).With("num_heads", 2);
    }

    private static KernelCase Of(string name, string opType) => KernelCase.Of(name, opType, 17, Domain);

    private static KernelCase Words(this KernelCase sample, int rows, int columns, params int[] values) =>
        sample.Stored(TensorData.Integers(ElementType.Int32, [rows, columns], Array.ConvertAll(values, value => (long)value)));
}
