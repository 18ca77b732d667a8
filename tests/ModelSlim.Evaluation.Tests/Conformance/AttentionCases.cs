using System.Runtime.InteropServices;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;
using static ModelSlim.Evaluation.Tests.Conformance.OperatorCaseBuilder;

namespace ModelSlim.Evaluation.Tests.Conformance;

/// <summary>Cases for the fused attentions and rotations. Batch 2, 3 queries, 5 keys.</summary>
internal static class AttentionCases
{
    public static IEnumerable<OperatorCase> All() => [.. Plain(), .. Packed(), .. MultiHead(), .. GroupQuery(), .. Rotations()];

    // 4 heads of width 6 (queries, keys) and 5 (values); of keys 4 or 2.
    private static IEnumerable<OperatorCase> Plain()
    {
        TensorData[] apart = [Random(2, 4, 3, 6), Random(2, 4, 5, 6), Random(2, 4, 5, 5)];
        TensorData[] joined = [Random(2, 3, 24), Random(2, 5, 24), Random(2, 5, 20)];
        (string, AttributeValue)[] heads = [("q_num_heads", Int(4)), ("kv_num_heads", Int(4))];
        yield return Make("Attention", 23, "Attention", 4 + 6 + 5, apart);
        yield return Make("Attention of scale", 23, "Attention", 4 + 6 + 5, apart, ("scale", new AttributeValue.Float(0.7f)));
        yield return Make("Attention with a mask for each head", 23, "Attention", 4 + 6 + 5, [.. apart, Random(2, 4, 3, 5)]);
        yield return Make("Attention with one mask", 23, "Attention", 4 + 6 + 5, [.. apart, Random(3, 5)], ("softcap", new AttributeValue.Float(2)));
        yield return Make("Attention with shared keys", 23, "Attention", 2 + 2 + 6 + 5, [apart[0], Random(2, 2, 5, 6), Random(2, 2, 5, 5)]);
        yield return Make("Attention with one key head", 23, "Attention", 4 + 6 + 5, [apart[0], Random(2, 1, 5, 6), Random(2, 1, 5, 5)]);
        yield return MakeMany("Attention with a past", 23, "Attention", 3, 4 + 6 + 5, [.. apart, null, Random(2, 4, 2, 6), Random(2, 4, 2, 5)]);
        yield return Make("Attention of joined heads", 23, "Attention", 4 + 6 + 5, joined, heads);
        yield return Make("Attention of joined heads, causal", 23, "Attention", 4 + 6 + 5, joined, [.. heads, ("is_causal", Int(1))]);
        yield return Make(
            "Attention of joined heads with shared keys", 23, "Attention", 2 + 2 + 6 + 5,
            [joined[0], Random(2, 5, 12), Random(2, 5, 10)], ("q_num_heads", Int(4)), ("kv_num_heads", Int(2)));
    }

    // 6 features in, 3 heads.
    private static IEnumerable<OperatorCase> Packed()
    {
        yield return Microsoft(Make("Attention that projects", 17, "Attention", 6 + 3 + 4 + 4, [Random(2, 5, 6), Random(6, 36), Random(36)], ("num_heads", Int(3))));
        yield return Microsoft(Make("Attention that projects, causal", 17, "Attention", 6 + 3 + 4 + 4, [Random(2, 5, 6), Random(6, 36), Random(36)], ("num_heads", Int(3)), ("unidirectional", Int(1))));
        yield return Microsoft(Make(
            "Attention that projects to two widths", 17, "Attention", 6 + 3 + 4 + 2, [Random(2, 5, 6), Random(6, 30), Random(30)],
            ("num_heads", Int(3)), ("qkv_hidden_sizes", Ints(12, 12, 6)), ("scale", new AttributeValue.Float(0.7f))));
        yield return Microsoft(Make(
            "Attention that projects, with scores of its own", 17, "Attention", 6 + 3 + 4 + 4,
            [Random(2, 5, 6), Random(6, 36), Random(36), null, null, Random(1, 3, 5, 5)], ("num_heads", Int(3))));
        yield return Microsoft(MakeMany(
            "Attention that projects, with a past", 17, "Attention", 2, 6, [Random(2, 5, 6), Random(6, 36), Random(36), null, Random(2, 2, 3, 4, 4)], ("num_heads", Int(3))));
    }

    private static IEnumerable<OperatorCase> MultiHead()
    {
        TensorData[] inputs = [Random(2, 3, 12), Random(2, 5, 12), Random(2, 5, 15)];
        var heads = ("num_heads", (AttributeValue)Int(3));
        yield return Microsoft(Make("MultiHeadAttention", 17, "MultiHeadAttention", 3 + 4 + 5, inputs, heads));
        yield return Microsoft(Make("MultiHeadAttention with a bias", 17, "MultiHeadAttention", 3 + 4 + 5, [.. inputs, Random(39)], heads));
        yield return Microsoft(Make(
            "MultiHeadAttention with scores of its own", 17, "MultiHeadAttention", 3 + 4 + 5,
            [.. inputs, null, null, Random(2, 3, 3, 5)], heads, ("scale", new AttributeValue.Float(0.7f))));
        yield return Microsoft(MakeMany(
            "MultiHeadAttention with a past", 17, "MultiHeadAttention", 3, 3 + 4,
            [Random(2, 3, 12), Random(2, 3, 12), Random(2, 3, 12), null, null, null, Random(2, 3, 2, 4), Random(2, 3, 2, 4)], heads));
    }

    // 4 heads of width 8, 2 of keys.
    private static IEnumerable<OperatorCase> GroupQuery()
    {
        TensorData[] rest = [Random(1, 2, 0, 8), Random(1, 2, 0, 8), Integers(2), Integer(3)];
        (string, AttributeValue)[] heads = [("num_heads", Int(4)), ("kv_num_heads", Int(2))];
        yield return Microsoft(MakeMany(
            "GroupQueryAttention", 17, "GroupQueryAttention", 3, 2 + 2, [Random(1, 3, 32), Random(1, 3, 16), Random(1, 3, 16), .. rest], heads));
        yield return Microsoft(MakeMany(
            "GroupQueryAttention of packed inputs", 17, "GroupQueryAttention", 3, 2 + 2, [Random(1, 3, 64), null, null, .. rest], heads));
        yield return Microsoft(MakeMany(
            "GroupQueryAttention that turns", 17, "GroupQueryAttention", 3, 2 + 2,
            [
                Random(1, 3, 64), Random(1, 3, 32), Random(1, 3, 32), Random(1, 2, 0, 16), Random(1, 2, 0, 16), Integers(2), Integer(3),
                Random(8, 8), Random(8, 8),
            ],
            [.. heads, ("do_rotary", Int(1))]));
        yield return Microsoft(MakeMany(
            "GroupQueryAttention with a key head each", 17, "GroupQueryAttention", 3, 4,
            [Random(1, 3, 32), Random(1, 3, 32), Random(1, 3, 32), Random(1, 4, 0, 8), Random(1, 4, 0, 8), Integers(2), Integer(3)],
            ("num_heads", Int(4)), ("kv_num_heads", Int(4))));
    }

    private static IEnumerable<OperatorCase> Rotations()
    {
        TensorData[] angles = [Random(8, 4), Random(8, 4)];
        var positions = TensorData.From([2, 3], [0L, 1, 2, 3, 4, 5]);
        yield return Make("RotaryEmbedding", 23, "RotaryEmbedding", 4, [Random(2, 4, 3, 8), .. angles, positions]);
        yield return Make("RotaryEmbedding of joined heads", 23, "RotaryEmbedding", 4, [Random(2, 3, 32), .. angles, positions], ("num_heads", Int(4)));
        yield return Microsoft(Make("RotaryEmbedding that keeps its width", 17, "RotaryEmbedding", 4, [Random(2, 4, 3, 8), positions, .. angles]));
        yield return Microsoft(Make("RotaryEmbedding whose angles tell the heads", 17, "RotaryEmbedding", 4, [Random(2, 3, 32), positions, .. angles]));
        yield return Microsoft(Make("RotaryEmbedding of some places", 17, "RotaryEmbedding", 4, [Random(2, 3, 48), positions, .. angles], ("num_heads", Int(4)), ("rotary_embedding_dim", Int(8))));
    }

    private static OperatorCase Microsoft(OperatorCase test) => test with { Node = test.Node with { Domain = "com.microsoft" } };

    private static TensorData Integers(params int[] values) =>
        new(ElementType.Int32, [values.Length], MemoryMarshal.AsBytes(values.AsSpan()).ToArray());

    private static TensorData Integer(int value) => new(ElementType.Int32, [], Integers(value).Bytes);
}
