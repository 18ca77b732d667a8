using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;
using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>
/// ONNX Runtime's MultiHeadAttention: query [B, S, N * H] with key and value [B, L, N * H] or [B, N, L, H]; a bias of all
/// three (input 3), and addends to the scores (input 5).
/// </summary>
public sealed class MultiHeadAttention : Kernel
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["MultiHeadAttention"];

    /// <inheritdoc/>
    public override string Domain => "com.microsoft";

    /// <inheritdoc/>
    public override InputRole Role(int input, TensorData? constant) => input == 3 ? InputRole.Weight : InputRole.Setting;

    /// <inheritdoc/>
    public override string? Refuse(Node node, int opset) =>
        node.Input(4).Length > 0 ? "it has a mask"
        : node.Inputs.Skip(6).Any(input => input.Length > 0) ? "it keeps keys and values of earlier runs"
        : node.Input(2).Length == 0 ? "it packs keys with values"
        : null;

    /// <inheritdoc/>
    public override Tensor Run(KernelCall call)
    {
        var heads = call.Node.GetInt("num_heads", 1);
        var parts = Enumerable.Range(0, 3).Select(call.Input)
            .Select(part => part.dim() == 3 ? ScaledProduct.Heads(part, heads) : part).ToArray();
        if (call.Optional(3) is { } bias)
        {
            var start = 0L;
            for (var place = 0; place < parts.Length; place++)
            {
                var width = heads * parts[place].shape[3];
                parts[place] = parts[place].add(bias.narrow(0, start, width).reshape(heads, 1, -1));
                start += width;
            }
        }

        return ScaledProduct.Merged(ScaledProduct.Of(
            parts[0], parts[1], parts[2], call.Node.GetFloat("scale", 0), call.Optional(5), call.Node.GetInt("unidirectional", 0) != 0));
    }
}
