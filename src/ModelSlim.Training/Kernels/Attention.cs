using ModelSlim.Core.Graphs;
using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>
/// ONNX Attention (opset 23): Q, K, V as [B, N, S, H], or [B, S, N * H] with <c>q_num_heads</c> and <c>kv_num_heads</c>; an
/// optional mask of flags or addends; <c>is_causal</c>, <c>scale</c>, <c>softcap</c>. Without a cache of keys and values.
/// </summary>
public sealed class Attention : Kernel
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["Attention"];

    /// <inheritdoc/>
    public override string? Refuse(Node node, int opset) =>
        node.Inputs.Skip(4).Any(input => input.Length > 0) ? "it keeps keys and values of earlier runs" : null;

    /// <inheritdoc/>
    public override Tensor Run(KernelCall call)
    {
        var node = call.Node;
        var merged = call.Input(0).dim() == 3;
        var query = merged ? ScaledProduct.Heads(call.Input(0), node.GetInt("q_num_heads", 1)) : call.Input(0);
        var key = merged ? ScaledProduct.Heads(call.Input(1), node.GetInt("kv_num_heads", 1)) : call.Input(1);
        var value = merged ? ScaledProduct.Heads(call.Input(2), node.GetInt("kv_num_heads", 1)) : call.Input(2);
        var mask = call.Optional(3);
        if (mask is not null && mask.dtype == ScalarType.Bool)
        {
            mask = zeros(mask.shape, query.dtype).masked_fill(mask.logical_not(), double.NegativeInfinity);
        }

        var mixed = ScaledProduct.Of(
            query, key, value, node.GetFloat("scale", 0), mask, node.GetInt("is_causal", 0) != 0, node.GetFloat("softcap", 0));
        return merged ? ScaledProduct.Merged(mixed) : mixed.alias();
    }
}
