using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;
using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>
/// ONNX Runtime's EmbedLayerNormalization (input_ids, segment_ids, word, position and segment embeddings, gamma, beta, mask, position_ids):
/// the sum of the embeddings, normalized over the last axis; how many places the mask has; and the sum itself.
/// </summary>
public sealed class EmbedLayerNormalization : MultiOutputKernel
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> OpTypes { get; } = ["EmbedLayerNormalization"];

    /// <inheritdoc/>
    public override string Domain => "com.microsoft";

    /// <inheritdoc/>
    public override InputRole Role(int input, TensorData? constant) => input is >= 2 and <= 6 ? InputRole.Weight : InputRole.Setting;

    /// <inheritdoc/>
    public override string? Refuse(Node node, int opset) =>
        node.GetInt("mask_index_type", 1) is 0 or 1 ? null : "its mask is read in another way";

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor?> RunAll(KernelCall call)
    {
        var ids = call.Input(0);
        var positions = call.Optional(8) ?? arange(ids.shape[1]).unsqueeze(0);
        var sum = Looked(call.Input(2), ids).add(Looked(call.Input(3), positions));
        sum = call.Optional(1) is { } segments ? sum.add(Looked(call.Input(4), segments)) : sum;
        var normal = LayerNormalization.Normalize(sum, 2, call.Input(5), call.Input(6), call.Node.GetFloat("epsilon", 1e-12f));
        var counted = call.Node.GetInt("mask_index_type", 1) == 1 && call.Optional(7) is { } mask
            ? mask.to(ScalarType.Int32).sum(1, type: ScalarType.Int32)
            : zeros([ids.shape[0]], ScalarType.Int32);
        return [normal, counted, sum];
    }

    private static Tensor Looked(Tensor table, Tensor places) =>
        table.index_select(0, places.to(ScalarType.Int64).flatten()).reshape([.. places.shape, table.shape[1]]);
}
