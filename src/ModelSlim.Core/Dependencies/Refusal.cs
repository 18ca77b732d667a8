using System.Collections.Immutable;
using ModelSlim.Core.Axes;

namespace ModelSlim.Core.Dependencies;

/// <summary>Channels that will not be removed, and why.</summary>
/// <param name="Node">The node, input or output that holds them, as the user knows it.</param>
/// <param name="Reason">Why, as a clause: <c>it is an output of the model</c>.</param>
/// <param name="Members">The stored tensors' axes that stay whole for it.</param>
/// <param name="Channels">How many channels.</param>
public sealed record Refusal(string Node, string Reason, ImmutableArray<AxisRef> Members, int Channels);
