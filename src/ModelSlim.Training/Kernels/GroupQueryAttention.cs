using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;
using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>
/// ONNX Runtime's GroupQueryAttention of whole sequences: queries [B, S, N H] with keys and values [B, S, K H], or all three side by side
/// as [B, S, (N + 2 K) H]; causal. With rotation, a window of keys, a cap, addends to the scores (input 10), and scores that
/// belong to no key (<c>smooth_softmax</c>, input 11). Without keys and values of earlier runs.
/// </summary>
public sealed class GroupQueryAttention : MultiOutputKernel
{
    private const int Past = 3;
    private const int Lengths = 5;
    private const int Total = 6;
    private const int Cosines = 7;
    private const int Sines = 8;
    private const int Positions = 9;
    private const int ScoreBias = 10;
    private const int Sink = 11;
    private const int Scales = 12;

    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["GroupQueryAttention"];

    /// <inheritdoc/>
    public override string Domain => "com.microsoft";

    /// <inheritdoc/>
    public override bool Computes(int output) => output <= 2;

    /// <inheritdoc/>
    public override InputRole Role(int input, TensorData? constant) => input == Sink ? InputRole.Weight : InputRole.Setting;

    /// <inheritdoc/>
    public override string? Refuse(Node node, int opset) =>
        node.Inputs.Skip(Scales).Any(input => input.Length > 0) ? "its keys and values are quantized"
        : node.GetInt("local_window_size", -1) == 0 ? "its queries see no keys (local_window_size)"
        : null;

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor?> RunAll(KernelCall call)
    {
        var node = call.Node;
        var (query, key, value) = Heads(call);
        var length = query.shape[2];
        if (Enumerable.Range(Past, 2).Any(input => call.Optional(input) is { } past && past.numel() > 0) || call.Number(Total) != length)
        {
            throw new InvalidDataException($"{node.Label} continues from keys and values of earlier runs; whole sequences alone can be trained on.");
        }

        var lengths = call.Input(Lengths).to(ScalarType.Int64).add(1);
        if (node.GetInt("do_rotary", 0) != 0)
        {
            // Of positions that are given, a prompt reads the first one alone.
            var places = arange(length).reshape(1, -1);
            places = call.Optional(Positions) is { } positions ? places.add(positions.to(ScalarType.Int64).flatten()[0]) : places;
            var interleaved = node.GetInt("rotary_interleaved", 0) != 0;
            var (cosines, sines) = (RotaryEmbedding.Looked(call.Input(Cosines), places), RotaryEmbedding.Looked(call.Input(Sines), places));
            query = RotaryEmbedding.TurnedInPart(query, cosines, sines, 2 * cosines.shape[^1], interleaved);
            key = RotaryEmbedding.TurnedInPart(key, cosines, sines, 2 * cosines.shape[^1], interleaved);
        }

        var (hidden, blind) = Hidden(lengths, length, node.GetInt("local_window_size", -1));
        var addend = zeros(hidden.shape, query.dtype).masked_fill(hidden, double.NegativeInfinity);
        addend = call.Optional(ScoreBias) is { } bias ? addend.add(bias) : addend;
        var sink = call.Optional(Sink)?.reshape(1, -1, 1, 1)
            ?? (node.GetInt("smooth_softmax", 0) == 1 ? zeros([1, 1, 1, 1], query.dtype) : null);
        var mixed = ScaledProduct.Of(
            query, key, value, node.GetFloat("scale", 0), addend, causal: false, node.GetFloat("softcap", 0), sink);
        mixed = blind is null ? mixed : mixed.masked_fill(blind, 0);
        return [ScaledProduct.Merged(mixed), key, value];
    }

    // Queries [B, N, S, H], keys and values [B, K, S, H].
    private static (Tensor Query, Tensor Key, Tensor Value) Heads(KernelCall call)
    {
        var (heads, keyHeads) = (call.Node.GetInt("num_heads", 0), call.Node.GetInt("kv_num_heads", 0));
        var whole = call.Input(0);
        var packed = call.Optional(1) is null;
        var count = packed ? heads + (2 * keyHeads) : heads;

        // What does not fit must not get to torch's products, whose errors end the process.
        if (heads <= 0 || keyHeads <= 0 || heads % keyHeads != 0 || whole.dim() != 3 || whole.shape[2] % count != 0)
        {
            throw new InvalidDataException($"{call.Node.Label} has {heads} heads and {keyHeads} of keys, and gets [{string.Join(", ", whole.shape)}].");
        }

        var width = whole.shape[2] / count;
        if (packed)
        {
            return (
                ScaledProduct.Heads(whole.narrow(2, 0, heads * width), heads),
                ScaledProduct.Heads(whole.narrow(2, heads * width, keyHeads * width), keyHeads),
                ScaledProduct.Heads(whole.narrow(2, (heads + keyHeads) * width, keyHeads * width), keyHeads));
        }

        long[] shape = [whole.shape[0], whole.shape[1], keyHeads * width];
        var other = Enumerable.Range(1, 2).Select(call.Input).FirstOrDefault(part => !part.shape.SequenceEqual(shape));
        return other is null
            ? (ScaledProduct.Heads(whole, heads), ScaledProduct.Heads(call.Input(1), keyHeads), ScaledProduct.Heads(call.Input(2), keyHeads))
            : throw new InvalidDataException(
                $"{call.Node.Label} gets keys or values [{string.Join(", ", other.shape)}], not [{string.Join(", ", shape)}].");
    }

    // Flags [B, 1, S, S] of the keys that a query does not see, and [B, 1, S, 1] of the queries that see none: with a window, those far
    // beyond the length of their sample, whose outputs are zero. Of those, no key is flagged: softmax of nothing is no number.
    private static (Tensor Hidden, Tensor? Blind) Hidden(Tensor lengths, long length, long window)
    {
        var keys = arange(length).reshape(1, 1, 1, -1);
        var ends = arange(1, length + 1).reshape(1, 1, -1, 1);
        lengths = lengths.reshape(-1, 1, 1, 1);
        var hidden = keys.ge(minimum(ends, lengths));
        if (window < 0)
        {
            return (hidden, null);
        }

        var firsts = ends.sub(window);
        var blind = firsts.ge(lengths);
        return (hidden.logical_or(keys.lt(firsts)).logical_and(blind.logical_not()), blind);
    }
}
