namespace ModelSlim.Core.Fingerprints;

/// <summary>One thing that decides a result.</summary>
/// <param name="Name">What it is, such as <c>recipe.target.macs</c>.</param>
/// <param name="Value">What it is now, as text that is the same on every machine.</param>
public sealed record FingerprintEntry(string Name, string Value);
