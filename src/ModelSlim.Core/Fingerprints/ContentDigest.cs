using System.Globalization;
using System.Security.Cryptography;
using ModelSlim.Core.Files;

namespace ModelSlim.Core.Fingerprints;

/// <summary>Identity of a sequence of bytes.</summary>
/// <param name="Sha256">SHA-256 as 64 lower-case hexadecimal digits.</param>
/// <param name="Size">Number of bytes.</param>
public sealed record ContentDigest(string Sha256, long Size)
{
    private const string Prefix = "sha256:";

    /// <summary>The digest of bytes in memory.</summary>
    public static ContentDigest Of(ReadOnlySpan<byte> content) =>
        new(Convert.ToHexStringLower(SHA256.HashData(content)), content.Length);

    /// <summary>The digest of what is written to a stream.</summary>
    /// <param name="write">Writes the content; the stream keeps nothing.</param>
    public static ContentDigest Of(Action<Stream> write)
    {
        using var counted = new CountingStream();
        using var sha256 = SHA256.Create();
        using (var hashed = new CryptoStream(counted, sha256, CryptoStreamMode.Write, leaveOpen: true))
        {
            write(hashed);
        }

        return new ContentDigest(Convert.ToHexStringLower(sha256.Hash!), counted.Length);
    }

    /// <summary>Reads what <see cref="ToString"/> writes; null where it is something else.</summary>
    public static ContentDigest? Parse(string text) =>
        text.StartsWith(Prefix, StringComparison.Ordinal) && text[Prefix.Length..].Split(';') is [{ Length: 64 } sha256, var size]
            && long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes)
            ? new ContentDigest(sha256, bytes)
            : null;

    /// <summary>Writes <c>sha256:...;size</c>.</summary>
    public override string ToString() => $"{Prefix}{Sha256};{Size}";
}
