using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;
using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>
/// ONNX Runtime's Attention: X [B, S, D] times the weights [D, Q + K + V] of query, key and value together, plus their bias;
/// then attention with <c>num_heads</c> heads, optionally <c>unidirectional</c>, and with addends to the scores (input 5).
/// </summary>
public sealed class PackedAttention : Kernel
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["Attention"];

    /// <inheritdoc/>
    public override string Domain => "com.microsoft";

    /// <inheritdoc/>
    public override InputRole Role(int input, TensorData? constant) => input is 1 or 2 ? InputRole.Weight : InputRole.Setting;

    /// <inheritdoc/>
    public override string? Refuse(Node node, int opset) =>
        node.Input(3).Length > 0 ? "it has a mask"
        : node.Input(4).Length > 0 || node.Input(6).Length > 0 ? "it keeps keys and values of earlier runs"
        : node.GetInt("do_rotary", 0) != 0 ? "it rotates queries and keys (do_rotary)"
        : null;

    /// <inheritdoc/>
    public override Tensor Run(KernelCall call)
    {
        var (node, weights) = (call.Node, call.Input(1));
        var projected = RowProduct.Of(call.Input(0), weights);
        if (call.Optional(2) is { } bias)
        {
            projected = projected.add(bias);
        }

        var sizes = node.GetInts("qkv_hidden_sizes") is { IsDefault: false } stated ? stated : [.. Enumerable.Repeat(weights.shape[1] / 3, 3)];
        var heads = node.GetInt("num_heads", 1);
        var query = ScaledProduct.Heads(projected.narrow(2, 0, sizes[0]), heads);
        var key = ScaledProduct.Heads(projected.narrow(2, sizes[0], sizes[1]), heads);
        var value = ScaledProduct.Heads(projected.narrow(2, sizes[0] + sizes[1], sizes[2]), heads);
        return ScaledProduct.Merged(ScaledProduct.Of(
            query, key, value, node.GetFloat("scale", 0), call.Optional(5), node.GetInt("unidirectional", 0) != 0));
    }
}
