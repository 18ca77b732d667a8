using System.Collections.Immutable;
using ModelSlim.Core.Graphs;

namespace ModelSlim.Core.Masking;

/// <summary>A graph some of whose weights are zero.</summary>
/// <param name="Graph">The graph; shapes are as they were.</param>
/// <param name="Masked">Names of the weights in which zeros stay.</param>
/// <param name="Dense">Names of the weights that a pattern does not fit, since their axis is no multiple of the block; they are whole.</param>
public sealed record MaskedGraph(Graph Graph, ImmutableArray<string> Masked, ImmutableArray<string> Dense);
