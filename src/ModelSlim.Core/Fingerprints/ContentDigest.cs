using System.Security.Cryptography;

namespace ModelSlim.Core.Fingerprints;

/// <summary>Identity of a sequence of bytes.</summary>
/// <param name="Sha256">SHA-256 as 64 lower-case hexadecimal digits.</param>
/// <param name="Size">Number of bytes.</param>
public sealed record ContentDigest(string Sha256, long Size)
{
    /// <summary>The digest of bytes in memory.</summary>
    public static ContentDigest Of(ReadOnlySpan<byte> content) =>
        new(Convert.ToHexStringLower(SHA256.HashData(content)), content.Length);

    /// <summary>Writes <c>sha256:...;size</c>.</summary>
    public override string ToString() => $"sha256:{Sha256};{Size}";
}
