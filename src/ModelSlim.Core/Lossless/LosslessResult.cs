using System.Collections.Immutable;
using ModelSlim.Core.Graphs;

namespace ModelSlim.Core.Lossless;

/// <summary>A graph without the channels that do nothing of their own.</summary>
/// <param name="Graph">The graph; the one given where nothing goes.</param>
/// <param name="Removals">What went, group by group.</param>
public sealed record LosslessResult(Graph Graph, ImmutableArray<LosslessRemoval> Removals);
