using System.Text;
using ModelSlim.Core.Caching;
using ModelSlim.Core.Fingerprints;
using ModelSlim.Core.Locking;

namespace ModelSlim.Fuzzing.Targets;

/// <summary>Lock files; what is read is written again.</summary>
public sealed class LockFileTarget : FileTarget
{
    private readonly LockFileStore store = new();
    private readonly LockFileText text = new();

    /// <inheritdoc/>
    public override string Name => "lock";

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Seeds { get; } =
    [
        Encoding.UTF8.GetBytes(new LockFileText().Write(LockFile.Empty)),
        Encoding.UTF8.GetBytes(new LockFileText().Write(LockFile.Empty.With("a/net.onnx", Result("one", false)).With("b.onnx", Result("two", true)))),
    ];

    /// <inheritdoc/>
    protected override bool ReadFile(string path)
    {
        var result = store.Read(path);
        if (result.Succeeded)
        {
            text.Write(result.Value);
        }

        return result.Succeeded;
    }

    private static LockedResult Result(string content, bool keptOriginal) => new(
        new FingerprintBuilder().Add("model", content).Add("seed", "1").Build(),
        [new StoredOutput("model.onnx", ContentDigest.Of(Encoding.UTF8.GetBytes(content)))],
        keptOriginal);
}
