using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using ModelSlim.Core.Caching;
using ModelSlim.Core.Fingerprints;

namespace ModelSlim.Remotes.Oci;

/// <summary>A result as an artifact of an OCI registry: the record is its configuration, the files are its layers.</summary>
internal static class OciManifest
{
    /// <summary>What manifests are.</summary>
    public const string MediaType = "application/vnd.oci.image.manifest.v1+json";

    private const string RecordType = "application/vnd.modelslim.record.v1+json";
    private const string FileType = "application/vnd.modelslim.file.v1";

    /// <summary>Writes a manifest.</summary>
    public static byte[] Write(ContentDigest record, ImmutableArray<StoredOutput> outputs) => JsonSerializer.SerializeToUtf8Bytes(new Document(
        2,
        MediaType,
        RecordType,
        new Descriptor(RecordType, Name(record), record.Size, null),
        [.. outputs.Select(output => new Descriptor(
            FileType, Name(output.Digest), output.Digest.Size, new Dictionary<string, string> { ["org.opencontainers.image.title"] = output.Name }))]));

    /// <summary>The name of a content in a registry, of the record that a manifest has; null where it is no such manifest.</summary>
    public static string? RecordIn(ReadOnlySpan<byte> manifest)
    {
        try
        {
            return JsonSerializer.Deserialize<Head>(manifest)?.Config is { MediaType: RecordType, Digest: { } digest }
                && digest.StartsWith("sha256:", StringComparison.Ordinal) && ArtifactStore.IsKey(digest[7..]) ? digest : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The name of a content in a registry.</summary>
    public static string Name(ContentDigest content) => $"sha256:{content.Sha256}";

    private sealed record Document(
        [property: JsonPropertyName("schemaVersion")] int SchemaVersion,
        [property: JsonPropertyName("mediaType")] string MediaType,
        [property: JsonPropertyName("artifactType")] string ArtifactType,
        [property: JsonPropertyName("config")] Descriptor Config,
        [property: JsonPropertyName("layers")] Descriptor[] Layers);

    private sealed record Head([property: JsonPropertyName("config")] Descriptor? Config);

    private sealed record Descriptor(
        [property: JsonPropertyName("mediaType")] string MediaType,
        [property: JsonPropertyName("digest")] string Digest,
        [property: JsonPropertyName("size")] long Size,
        [property: JsonPropertyName("annotations"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Dictionary<string, string>? Annotations);
}
