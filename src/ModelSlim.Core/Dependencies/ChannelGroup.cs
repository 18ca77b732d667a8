using System.Collections.Immutable;
using ModelSlim.Core.Axes;

namespace ModelSlim.Core.Dependencies;

/// <summary>
/// Channels that lie on the same axes, so that they can be compared and removed one by one (Fang et al. 2023, "DepGraph",
/// section 3.2, at the level of single indices).
/// </summary>
public sealed record ChannelGroup
{
    /// <summary>Name of the first stored tensor the group cuts; unique in the graph.</summary>
    public required string Id { get; init; }

    /// <summary>The axes that get shorter when a channel of this group goes, in graph order.</summary>
    public required ImmutableArray<AxisRef> Members { get; init; }

    /// <summary>For each channel and each member: the indices of the member's axis that go with the channel, ascending.</summary>
    public required ImmutableArray<ImmutableArray<ImmutableArray<int>>> Places { get; init; }

    /// <summary>Why removing channels changes what the others mean, as under LayerNormalization; null where it does not.</summary>
    public string? Approximate { get; init; }

    /// <summary>Number of channels.</summary>
    public int Channels => Places.Length;
}
