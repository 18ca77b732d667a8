namespace ModelSlim.Core.Reports;

/// <summary>A part of a model that stays as it is.</summary>
/// <param name="Node">The node, input or output.</param>
/// <param name="Reason">Why.</param>
/// <param name="Channels">How many channels stay for it; 0 where the node is named for its operator.</param>
public sealed record FrozenPart(string Node, string Reason, int Channels);
