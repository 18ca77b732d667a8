using System.Text;
using ModelSlim.Core.Caching;
using ModelSlim.Core.Fingerprints;

namespace ModelSlim.Fuzzing.Targets;

/// <summary>Records of the store.</summary>
public sealed class RecordTarget : FuzzTarget
{
    private const int SealLength = 65;

    private static readonly Fingerprint Fingerprint = new FingerprintBuilder().Add("model", "a").Add("seed", "1").Build();

    /// <inheritdoc/>
    public override string Name => "record";

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Seeds { get; } =
    [
        ArtifactRecordFile.Write(new ArtifactRecord(
            Fingerprint,
            [new StoredOutput("model.onnx", ContentDigest.Of("model"u8)), new StoredOutput("report.json", ContentDigest.Of("report"u8))])),
    ];

    /// <inheritdoc/>
    public override bool Read(byte[] file) => ArtifactRecordFile.Read(file, Fingerprint.Key) is not null;

    /// <inheritdoc/>
    public override byte[] Seal(byte[] file)
    {
        var body = file.AsSpan(0, Math.Max(0, file.Length - SealLength));
        return [.. body, .. Encoding.ASCII.GetBytes(ContentDigest.Of(body).Sha256 + "\n")];
    }
}
