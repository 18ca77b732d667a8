namespace ModelSlim.Core.Fingerprints;

/// <summary>One thing in which two fingerprints differ.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Before">Its value in the one; null where it is not in it.</param>
/// <param name="After">Its value in the other; null where it is not in it.</param>
public sealed record FingerprintChange(string Name, string? Before, string? After);
