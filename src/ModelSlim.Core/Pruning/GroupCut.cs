using System.Collections.Immutable;

namespace ModelSlim.Core.Pruning;

/// <summary>What goes of one group.</summary>
/// <param name="Group">Id of the channel group.</param>
/// <param name="Channels">How many channels it has before.</param>
/// <param name="Removed">The channels that go, ascending.</param>
public sealed record GroupCut(string Group, int Channels, ImmutableArray<int> Removed);
