using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using ModelSlim.Core.Fingerprints;

namespace ModelSlim.Core.Caching;

/// <summary>
/// Records as files: one JSON document, then a line with the SHA-256 of everything before it. A record that does not fit its
/// digest, or whose fingerprint does not fit its key, is no record.
/// </summary>
internal static class ArtifactRecordFile
{
    /// <summary>Bytes of the largest file that is read as a record; a record has some thousands.</summary>
    public const long Largest = 64L << 20;

    private const int DigestLength = 64;

    // A size that is believed is added to others, and held against disks.
    private const long MaxSize = 1L << 40;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NewLine = "\n",
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>The bytes of a record.</summary>
    public static byte[] Write(ArtifactRecord record)
    {
        var body = Body(record);
        return [.. body, .. Encoding.ASCII.GetBytes(ContentDigest.Of(body).Sha256 + "\n")];
    }

    /// <summary>The document alone; the same for records that say the same.</summary>
    public static byte[] Body(ArtifactRecord record)
    {
        var (fingerprint, outputs) = record;
        var document = new Document(
            fingerprint.Key, [.. outputs.Select(Output.Of)], [.. fingerprint.Entries], record.Signatures.IsEmpty ? null : [.. record.Signatures], record.IsTaken ? true : null);
        return Encoding.UTF8.GetBytes(JsonSerializer.Serialize(document, Options) + "\n");
    }

    /// <summary>The record for a key, or null where the bytes are not such a record.</summary>
    public static ArtifactRecord? Read(ReadOnlySpan<byte> file, string key)
    {
        if (file.Length < DigestLength + 1)
        {
            return null;
        }

        var body = file[..^(DigestLength + 1)];
        if (Encoding.ASCII.GetString(file[body.Length..]) != ContentDigest.Of(body).Sha256 + "\n")
        {
            return null;
        }

        try
        {
            var document = JsonSerializer.Deserialize<Document>(body, Options);
            if (document is null || document.Key != key || document.Outputs.Any(output => output is not { IsValid: true }) || document.Fingerprint.Any(entry => entry is null)
                || document.Signatures?.Any(signature => signature is null) == true)
            {
                return null;
            }

            var fingerprint = new Fingerprint(document.Fingerprint.OfType<FingerprintEntry>());
            return fingerprint.Key == key
                ? new ArtifactRecord(fingerprint, [.. document.Outputs.OfType<Output>().Select(output => output.Stored)])
                {
                    Signatures = [.. document.Signatures?.OfType<RecordSignature>() ?? []],
                    IsTaken = document.Taken == true,
                }
                : null;
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            return null;
        }
    }

    private sealed record Document(
        string Key,
        Output?[] Outputs,
        FingerprintEntry?[] Fingerprint,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] RecordSignature?[]? Signatures = null,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Taken = null);

    private sealed record Output(string Name, string Sha256, long Size)
    {
        public StoredOutput Stored => new(Name, new ContentDigest(Sha256, Size));

        public bool IsValid => StoreLayout.IsDigest(Sha256) && Size is >= 0 and <= MaxSize;

        public static Output Of(StoredOutput output) => new(output.Name, output.Digest.Sha256, output.Digest.Size);
    }
}
