using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;

namespace ModelSlim.Core.Fingerprints;

/// <summary>What a model or data set consists of.</summary>
/// <param name="Parts">Parts in an order that depends on the content alone.</param>
public sealed record ContentManifest(ImmutableArray<ContentPart> Parts)
{
    /// <summary>Number of bytes of all parts.</summary>
    public long Size => Parts.Sum(part => part.Digest.Size);

    /// <summary>The same as one part: a digest over names and digests of all parts, for sets of many files.</summary>
    /// <param name="name">Name of that part.</param>
    public ContentManifest Condensed(string name)
    {
        var text = new StringBuilder();
        foreach (var part in Parts)
        {
            text.Append($"{part.Name.Length}:{part.Name}={part.Digest}\n");
        }

        return new ContentManifest(
            [new ContentPart(name, ContentDigest.Of(MemoryMarshal.AsBytes(text.ToString().AsSpan())) with { Size = Size })]);
    }
}

/// <summary>One part of a model or data set.</summary>
/// <param name="Name">Its name, without the folder that holds all of it; <c>/</c> between folders.</param>
/// <param name="Digest">Its content.</param>
public sealed record ContentPart(string Name, ContentDigest Digest);
