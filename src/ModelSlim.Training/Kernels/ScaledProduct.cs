using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>Scaled dot-product attention (Vaswani et al. 2017, equation 1).</summary>
internal static class ScaledProduct
{
    /// <summary>Mixes values by how well their keys fit the queries.</summary>
    /// <param name="query">[B, N, S, H].</param>
    /// <param name="key">[B, N or a divisor of it, L, H]; fewer heads serve several queries each.</param>
    /// <param name="value">[B, heads of the keys, L, V].</param>
    /// <param name="scale">Factor of the products; 0 means 1 / H^(1/2).</param>
    /// <param name="addend">Added to the scaled products, broadcast to [B, N, S, L]; null adds nothing.</param>
    /// <param name="causal">Whether query i sees the keys up to i only.</param>
    /// <param name="cap">Bound that scores approach by tanh; 0 means none.</param>
    /// <param name="sink">Scores [1, N or 1, 1, 1] of a key of each head that has no value, but a share; null where there is none.</param>
    /// <returns>[B, N, S, V].</returns>
    public static Tensor Of(
        Tensor query, Tensor key, Tensor value, double scale, Tensor? addend, bool causal, double cap = 0, Tensor? sink = null)
    {
        var factor = scale == 0 ? 1 / Math.Sqrt(query.shape[3]) : scale;
        var repeats = query.shape[1] / key.shape[1];
        var scores = query.mul(factor).matmul(Repeated(key, repeats).transpose(-1, -2));
        scores = cap > 0 ? scores.div(cap).tanh().mul(cap) : scores;
        scores = addend is null ? scores : scores.add(addend);
        if (causal)
        {
            var hidden = ones([scores.shape[2], scores.shape[3]], ScalarType.Bool).triu(1);
            scores = scores.masked_fill(hidden, double.NegativeInfinity);
        }

        var shares = sink is null
            ? scores.softmax(-1)
            : cat([scores, sink.expand(scores.shape[0], scores.shape[1], scores.shape[2], 1)], -1).softmax(-1).narrow(3, 0, scores.shape[3]);
        return shares.matmul(Repeated(value, repeats));
    }

    /// <summary>[B, S, N * H] to [B, N, S, H].</summary>
    public static Tensor Heads(Tensor value, long heads) => value.reshape(value.shape[0], value.shape[1], heads, -1).transpose(1, 2);

    /// <summary>[B, N, S, H] to [B, S, N * H].</summary>
    public static Tensor Merged(Tensor value) => value.transpose(1, 2).reshape(value.shape[0], value.shape[2], -1);

    private static Tensor Repeated(Tensor value, long repeats) => repeats == 1
        ? value
        : value.unsqueeze(2).expand(-1, -1, repeats, -1, -1).reshape(value.shape[0], -1, value.shape[2], value.shape[3]);
}
