using System.Collections.Immutable;

namespace ModelSlim.Core.Graphs;

/// <summary>Where each element of an output of a data-movement node (Reshape, Transpose, Concat ...) came from.</summary>
/// <param name="Inputs">Per element, the index of the node's input; -1 where the element is no input's, as in Pad.</param>
/// <param name="Positions">Per element, the row-major position in that input; -1 where there is none.</param>
public sealed record Movement(ImmutableArray<int> Inputs, ImmutableArray<int> Positions);
