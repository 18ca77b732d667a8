using ModelSlim.Core.Graphs;

namespace ModelSlim.Core.Operators;

/// <summary>A node as it is after cuts.</summary>
/// <param name="Node">The node with its new attributes.</param>
public sealed record NodeRewrite(Node Node)
{
    /// <summary>New values of constant inputs that state sizes, by input index.</summary>
    public IReadOnlyDictionary<int, Tensors.TensorData> Constants { get; init; } = new SortedDictionary<int, Tensors.TensorData>();
}
