using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>
/// RotaryEmbedding of ONNX (opset 23: X, cosines, sines, positions) and com.microsoft (version 1: X, positions, cosines, sines; Su et al.
/// 2021): turns pairs of places of each head of X [B, N, S, H] or [B, S, N H] by the angles of their position.
/// </summary>
/// <param name="domain">The operator domain.</param>
public sealed class RotaryEmbedding(string domain) : Kernel
{
    /// <inheritdoc/>
    public override string Domain => domain;

    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["RotaryEmbedding"];

    /// <inheritdoc/>
    public override string? Refuse(Core.Graphs.Node node, int opset) =>
        node.GetInt("is_packed_batching", 0) != 0 ? "its samples are packed" : null;

    /// <inheritdoc/>
    public override Tensor Run(KernelCall call)
    {
        var own = domain.Length == 0;
        var (value, cosines, sines) = (call.Input(0), call.Input(own ? 1 : 2), call.Input(own ? 2 : 3));
        var turned = call.Node.GetInt("rotary_embedding_dim", 0);
        var merged = value.dim() == 3;
        var heads = merged ? ScaledProduct.Heads(value, Heads(call, value, cosines, turned)) : value;
        turned = turned > 0 ? turned : heads.shape[3];
        if (call.Optional(own ? 3 : 1) is { } positions)
        {
            var places = Places(positions, value.shape[0], heads.shape[2]);
            (cosines, sines) = (Looked(cosines, places), Looked(sines, places));
        }

        var result = TurnedInPart(heads, cosines, sines, turned, call.Node.GetInt("interleaved", 0) != 0);
        return merged ? ScaledProduct.Merged(result) : result;
    }

    /// <summary>Turns the first places of each head of [B, N, S, H] by angles [B, S, half of them or more].</summary>
    internal static Tensor TurnedInPart(Tensor heads, Tensor cosines, Tensor sines, long turned, bool interleaved)
    {
        (cosines, sines) = (cosines.narrow(-1, 0, turned / 2).unsqueeze(1), sines.narrow(-1, 0, turned / 2).unsqueeze(1));
        var result = Turned(heads.narrow(3, 0, turned), cosines, sines, interleaved);
        return turned == heads.shape[3] ? result : cat([result, heads.narrow(3, turned, heads.shape[3] - turned)], 3);
    }

    /// <summary>Rows of a table at places [B, S].</summary>
    internal static Tensor Looked(Tensor table, Tensor places) =>
        table.index_select(0, places.flatten()).reshape([.. places.shape, table.shape[1]]);

    /// <summary>Turns pairs of places of [B, N, S, H] by angles [B, 1, S, H / 2]: neighbours, or one of each half.</summary>
    internal static Tensor Turned(Tensor value, Tensor cosines, Tensor sines, bool interleaved)
    {
        var half = value.shape[3] / 2;
        var pairs = interleaved ? value.reshape([.. value.shape[..3], half, 2]) : value.reshape([.. value.shape[..3], 2, half]).transpose(3, 4);
        var (one, other) = (pairs.select(4, 0), pairs.select(4, 1));
        var turned = stack([one.mul(cosines).sub(other.mul(sines)), one.mul(sines).add(other.mul(cosines))], -1);
        return (interleaved ? turned : turned.transpose(3, 4)).reshape(value.shape);
    }

    // Positions [B, S], or the first one alone.
    private static Tensor Places(Tensor positions, long samples, long length) => positions.numel() == 1 && samples * length > 1
        ? positions.to(ScalarType.Int64).reshape(1, 1).add(arange(length)).expand(samples, length)
        : positions.to(ScalarType.Int64);

    private static long Heads(KernelCall call, Tensor value, Tensor cosines, long turned) => call.Node.GetInt("num_heads", 0) is > 0 and var stated
        ? stated
        : turned > 0 ? 1 : value.shape[2] / (2 * cosines.shape[^1]);
}
