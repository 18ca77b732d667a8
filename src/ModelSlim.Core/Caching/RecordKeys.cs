using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Fingerprints;

namespace ModelSlim.Core.Caching;

/// <summary>
/// The keys that records are signed with and believed by: ECDSA on P-256 over SHA-256, of all that a record says, in the envelope of
/// DSSE. Which key is trusted where decides who may fill the slots that a build reads.
/// </summary>
public sealed partial class RecordKeys : IDisposable
{
    /// <summary>The variable with the private key that results are signed with: PEM, or the path of a file that has it.</summary>
    public const string SigningVariable = "MODELSLIM_SIGNING_KEY";

    /// <summary>The variable with the public keys whose results are taken: PEM, or paths of files that have it.</summary>
    public const string TrustedVariable = "MODELSLIM_TRUSTED_KEYS";

    private const string PayloadType = "application/vnd.modelslim.record.v1+json";
    private const int KeySize = 256;
    private const int IdLength = 16;

    private readonly ECDsa? signing;
    private readonly ImmutableDictionary<string, ECDsa>? trusted;

    private RecordKeys(ECDsa? signing, ImmutableDictionary<string, ECDsa>? trusted)
    {
        this.signing = signing;
        this.trusted = trusted;
    }

    /// <summary>No keys: nothing is signed, and nothing has to be.</summary>
    public static RecordKeys None { get; } = new(null, null);

    /// <summary>Reads the keys that the environment names.</summary>
    /// <param name="variable">Value of an environment variable, or null.</param>
    /// <returns>The keys; MSLIM3024, which quotes none of them, where one cannot be read.</returns>
    public static Result<RecordKeys> Read(Func<string, string?> variable)
    {
        try
        {
            var own = Blocks(variable(SigningVariable)).Select(Import).ToArray();
            var others = Blocks(variable(TrustedVariable)).Select(Import).ToArray();
            return own.Length > 1 || own.Any(key => !HasPrivateHalf(key))
                ? Invalid(SigningVariable, "it must have one private key")
                : new RecordKeys(own.SingleOrDefault(), others.Length > 0 ? others.DistinctBy(IdOf).ToImmutableDictionary(IdOf) : null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or CryptographicException)
        {
            return Invalid($"{SigningVariable} or {TrustedVariable}", "what it names is no key of the curve P-256 in PEM");
        }
    }

    /// <summary>True where there is a key to sign with.</summary>
    public bool Signs => signing is not null;

    /// <summary>True where there are keys without whose word nothing is believed.</summary>
    public bool Trusts => trusted is not null;

    /// <summary>
    /// True where there is a key that may give its word for a record: for what was made here, and for what was taken on the word of a
    /// trusted key. Else whoever can write a remote store would get our word for what is there, by way of a store that is pushed.
    /// </summary>
    public bool MaySign(ArtifactRecord record) => signing is not null && (!record.IsTaken || (trusted is not null && Accept(record)));

    /// <summary>The record with the word of our key, where there is one that may give it.</summary>
    public ArtifactRecord Sign(ArtifactRecord record)
    {
        if (signing is null || !MaySign(record))
        {
            return record;
        }

        var id = IdOf(signing);
        var value = Convert.ToBase64String(signing.SignData(Envelope(record), HashAlgorithmName.SHA256));
        return record with { Signatures = [.. record.Signatures.Where(other => other.KeyId != id), new RecordSignature(id, value)] };
    }

    /// <summary>True where a trusted key gave its word for a record, or none has to.</summary>
    public bool Accept(ArtifactRecord record) => trusted is null || record.Signatures.Any(signature =>
        trusted.TryGetValue(signature.KeyId, out var key) && Verifies(key, Envelope(record), signature.Value));

    /// <inheritdoc/>
    public void Dispose()
    {
        signing?.Dispose();
        foreach (var key in trusted?.Values ?? [])
        {
            key.Dispose();
        }
    }

    private static bool Verifies(ECDsa key, byte[] envelope, string signature)
    {
        var bytes = new byte[signature.Length];
        return Convert.TryFromBase64String(signature, bytes, out var length) && key.VerifyData(envelope, bytes.AsSpan(0, length), HashAlgorithmName.SHA256);
    }

    private static byte[] Envelope(ArtifactRecord record)
    {
        var body = ArtifactRecordFile.Body(record with { Signatures = [], IsTaken = false });
        return [.. Encoding.ASCII.GetBytes($"DSSEv1 {PayloadType.Length} {PayloadType} {body.Length} "), .. body];
    }

    private static string IdOf(ECDsa key) => ContentDigest.Of(key.ExportSubjectPublicKeyInfo()).Sha256[..IdLength];

    private static IEnumerable<string> Blocks(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return [];
        }

        string[] texts = text.Contains("-----BEGIN", StringComparison.Ordinal)
            ? [text]
            : [.. text.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(File.ReadAllText)];
        var blocks = texts.Select(one => Pem().Matches(one)).ToArray();
        return blocks.Any(found => found.Count == 0) ? throw new ArgumentException("There is no key.", nameof(text)) : blocks.SelectMany(found => found).Select(found => found.Value);
    }

    private static ECDsa Import(string pem)
    {
        var key = ECDsa.Create();
        key.ImportFromPem(pem);
        return key.KeySize == KeySize ? key : throw new CryptographicException("The key is of another curve.");
    }

    private static bool HasPrivateHalf(ECDsa key)
    {
        try
        {
            key.SignData([], HashAlgorithmName.SHA256);
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static Diagnostic Invalid(string name, string why) => DiagnosticCodes.RemoteSettingInvalid.Says($"{name} cannot be used: {why}; no remote cache is used");

    [GeneratedRegex("-----BEGIN ([A-Z ]+)-----.*?-----END \\1-----", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Pem();
}
