using System.Collections.Immutable;

namespace ModelSlim.Core.Dependencies;

/// <summary>What can be removed from a model, and what cannot.</summary>
/// <param name="Groups">Groups of removable channels, in graph order.</param>
/// <param name="Refusals">Channels that stay, with the reason.</param>
/// <param name="UnknownNodes">Labels of nodes whose operator is not in the catalog, in graph order.</param>
public sealed record DependencyGraph(
    ImmutableArray<ChannelGroup> Groups,
    ImmutableArray<Refusal> Refusals,
    ImmutableArray<string> UnknownNodes);
