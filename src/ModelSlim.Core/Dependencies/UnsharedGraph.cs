using System.Collections.Immutable;
using ModelSlim.Core.Graphs;

namespace ModelSlim.Core.Dependencies;

/// <summary>A graph in which layers have vectors of their own.</summary>
/// <param name="Graph">The graph; it computes what the original computes.</param>
/// <param name="Origins">Name of each copy, and the name of what it is a copy of.</param>
public sealed record UnsharedGraph(Graph Graph, ImmutableSortedDictionary<string, string> Origins)
{
    /// <summary>Names, and those of their copies.</summary>
    public ImmutableSortedSet<string> WithCopies(ImmutableSortedSet<string> names) =>
        names.Union(Origins.Where(origin => names.Contains(origin.Value)).Select(origin => origin.Key));
}
