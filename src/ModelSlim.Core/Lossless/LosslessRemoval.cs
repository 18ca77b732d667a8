namespace ModelSlim.Core.Lossless;

/// <summary>Channels that go without changing any output.</summary>
/// <param name="Group">The channel group they are of.</param>
/// <param name="Kind">Why they can go.</param>
/// <param name="Channels">How many.</param>
public sealed record LosslessRemoval(string Group, LosslessKind Kind, int Channels);
