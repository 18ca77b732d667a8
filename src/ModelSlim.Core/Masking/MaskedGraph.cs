using System.Collections.Immutable;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Recipes;

namespace ModelSlim.Core.Masking;

/// <summary>A graph some of whose weights are zero.</summary>
/// <param name="Graph">The graph; shapes are as they were.</param>
/// <param name="Target">How many weights were to become zero.</param>
/// <param name="Masked">The weights in which zeros stay.</param>
/// <param name="Dense">The weights that a pattern does not fit, each with its <see cref="MaskableWeight.Obstacle"/>; they are whole.</param>
public sealed record MaskedGraph(
    Graph Graph, SparsityTarget Target, ImmutableArray<MaskableWeight> Masked, ImmutableArray<MaskableWeight> Dense)
{
    /// <summary>The weights that stay as they are since the recipe ignores them; the target says nothing of them.</summary>
    public ImmutableArray<MaskableWeight> Ignored { get; init; } = [];
}
