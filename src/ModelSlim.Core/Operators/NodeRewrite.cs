using System.Collections.Immutable;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Core.Operators;

/// <summary>A node as it is after cuts.</summary>
/// <param name="Node">The node with its new attributes.</param>
public sealed record NodeRewrite(Node Node)
{
    /// <summary>
    /// What inputs that state sizes or places must hold, by input index: all elements, the ones that stay among them. The input
    /// is a constant or computed from shapes (<see cref="NodeView.Integers"/>).
    /// </summary>
    public ImmutableSortedDictionary<int, ImmutableArray<long>> Sizes { get; init; } = ImmutableSortedDictionary<int, ImmutableArray<long>>.Empty;

    /// <summary>Constants to put in the place of inputs, by input index; the node may not have had that input.</summary>
    public ImmutableSortedDictionary<int, TensorData> Constants { get; init; } = ImmutableSortedDictionary<int, TensorData>.Empty;

    /// <summary>This and what one input must hold.</summary>
    public NodeRewrite WithSizes(int input, ImmutableArray<long> wanted) => this with { Sizes = Sizes.SetItem(input, wanted) };

    /// <summary>This and a constant in the place of one input.</summary>
    public NodeRewrite WithConstant(int input, TensorData tensor) => this with { Constants = Constants.SetItem(input, tensor) };
}
