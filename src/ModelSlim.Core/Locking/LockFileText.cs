using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ModelSlim.Core.Caching;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Fingerprints;

namespace ModelSlim.Core.Locking;

/// <summary>
/// Lock files as text: JSON in one canonical form, so that the same results give the same bytes, and a part on each line, so that
/// version control shows what changed and merges what does not touch.
/// </summary>
public sealed class LockFileText
{
    private const int Version = 1;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        AllowDuplicateProperties = false,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = 8,
        NewLine = "\n",
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        WriteIndented = true,
    };

    /// <summary>Writes a lock file.</summary>
    public string Write(LockFile file) => JsonSerializer.Serialize(
        new Document(Version, Sorted(file.Results.Select(result => KeyValuePair.Create(result.Key, (Entry?)Entry.Of(result.Value))))), Options) + "\n";

    /// <summary>Reads a lock file.</summary>
    /// <param name="text">The text.</param>
    /// <param name="path">Where it is from.</param>
    /// <returns>The lock file, or MSLIM3001 with the line.</returns>
    public Result<LockFile> Read(string text, string path)
    {
        try
        {
            var document = JsonSerializer.Deserialize<Document>(text, Options);
            if (document is null || document.Version != Version)
            {
                return Unreadable(path, 0, $"its version is {document?.Version}, and this ModelSlim reads version {Version}; use the ModelSlim that wrote it");
            }

            var results = LockFile.Empty;
            foreach (var (model, entry) in document.Models)
            {
                if (entry?.Result is not { } result)
                {
                    return Unreadable(path, 0, $"the parts of '{model}' do not fit its fingerprint or its digests; undo the edit or the merge, or delete it and run modelslim lock");
                }

                results = results.With(model, result);
            }

            return results;
        }
        catch (JsonException e)
        {
            return Unreadable(path, (int)(e.LineNumber ?? -1) + 1, "it is no lock file; undo the edit or the merge, or delete it and run modelslim lock");
        }
    }

    private static Diagnostic Unreadable(string path, int line, string why) =>
        DiagnosticCodes.LockUnreadable.At(new SourceSpan(path, line, line > 0 ? 1 : 0), $"the lock file cannot be read: {why}");

    private static SortedDictionary<string, T> Sorted<T>(IEnumerable<KeyValuePair<string, T>> entries) =>
        new(new Dictionary<string, T>(entries), StringComparer.Ordinal);

    private sealed record Document(int Version, SortedDictionary<string, Entry?> Models);

    private sealed record Entry(
        string Fingerprint, SortedDictionary<string, Content?> Files, SortedDictionary<string, string?> DecidedBy, bool KeptOriginal = false)
    {
        [JsonIgnore]
        public LockedResult? Result
        {
            get
            {
                var fingerprint = new Fingerprint(DecidedBy.Select(part => new FingerprintEntry(part.Key, part.Value ?? string.Empty)));
                return fingerprint.Key == Fingerprint && Files.Count > 0 && Files.Values.All(content => content is { IsValid: true })
                    ? new LockedResult(
                        fingerprint,
                        [.. Files.OrderBy(file => file.Key, StringComparer.Ordinal).Select(file => new StoredOutput(file.Key, file.Value!.Digest))],
                        KeptOriginal)
                    : null;
            }
        }

        public static Entry Of(LockedResult result) => new(
            result.Fingerprint.Key,
            Sorted(result.Files.Select(file => KeyValuePair.Create(file.Name, (Content?)new Content(file.Digest.Sha256, file.Digest.Size)))),
            Sorted(result.Fingerprint.Entries.Select(part => KeyValuePair.Create(part.Name, (string?)part.Value))),
            result.KeptOriginal);
    }

    private sealed record Content(string Sha256, long Size)
    {
        [JsonIgnore]
        public ContentDigest Digest => new(Sha256, Size);

        [JsonIgnore]
        public bool IsValid => StoreLayout.IsDigest(Sha256) && Size >= 0;
    }
}
