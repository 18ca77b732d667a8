using ModelSlim.Core.Dependencies;

namespace ModelSlim.Training.Sparsity;

/// <summary>A group of channels that training decides about.</summary>
/// <param name="Group">The group.</param>
/// <param name="Going">How many of its channels are to go.</param>
public sealed record FadingGroup(ChannelGroup Group, int Going);
