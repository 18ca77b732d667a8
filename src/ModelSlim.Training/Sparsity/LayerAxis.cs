using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Training.Sparsity;

/// <summary>Which axis of a layer's weights its output channels are on.</summary>
internal static class LayerAxis
{
    /// <summary>The axis; null where the node is no layer, or its channels are on none.</summary>
    /// <param name="node">The node.</param>
    /// <param name="weight">Its second input.</param>
    public static int? Of(Node node, TensorData? weight) => (node.Domain, node.OpType, weight?.Shape.Length ?? 0) switch
    {
        ("", "Conv", > 2) => 0,
        ("", "ConvTranspose", > 2) when node.GetInt("group", 1) == 1 => 1,
        ("", "Gemm", 2) => node.GetInt("transB", 0) == 0 ? 1 : 0,
        ("", "MatMul", 2) => 1,
        _ => null,
    };
}
