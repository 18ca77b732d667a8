using System.Collections.Immutable;
using ModelSlim.Core.Graphs;

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

    /// <summary>Inputs without an axis of samples: all of such an input is one sample, and samples run one at a time.</summary>
    public ImmutableSortedSet<string> WholeInputs { get; init; } = [];

    /// <summary>
    /// What forms of the model are compared by where the size of an output of real numbers hangs on what is computed, as the number of boxes
    /// found does; default where there is no such output.
    /// </summary>
    public ImmutableArray<GraphValue> SettledOutputs { get; init; }

    /// <summary>Number of channels that can be removed.</summary>
    public int Channels => Groups.Sum(group => group.Channels);
}
