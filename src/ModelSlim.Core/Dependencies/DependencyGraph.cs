using System.Collections.Immutable;

namespace ModelSlim.Core.Dependencies;

/// <summary>What can be removed from a model, and what cannot.</summary>
/// <param name="Groups">Groups of removable channels, in graph order.</param>
/// <param name="Refusals">Channels that stay, with the reason.</param>
/// <param name="UnknownNodes">Labels of nodes whose operator is not in the catalog, in graph order.</param>
public sealed record DependencyGraph(
    ImmutableArray<ChannelGroup> Groups,
    ImmutableArray<Refusal> Refusals,
    ImmutableArray<string> UnknownNodes)
{
    /// <summary>True where axes stay because they are split in several ways at once, as by one channel shuffle after another.</summary>
    public bool HasClashes { get; init; }

    /// <summary>Number of channels that can be removed.</summary>
    public int Channels => Groups.Sum(group => group.Channels);
}
