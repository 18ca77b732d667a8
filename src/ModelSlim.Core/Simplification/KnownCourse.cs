using System.Collections.Immutable;
using ModelSlim.Core.Graphs;

namespace ModelSlim.Core.Simplification;

/// <summary>What a node with subgraphs does whenever the model runs.</summary>
/// <param name="Nodes">The nodes that run, in order.</param>
/// <param name="Joints">For each output of the node that is read, Identity from the value that it is.</param>
internal sealed record KnownCourse(ImmutableArray<Node> Nodes, ImmutableArray<Node> Joints);
