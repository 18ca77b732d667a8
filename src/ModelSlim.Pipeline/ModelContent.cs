using System.Collections.Immutable;
using System.Security.Cryptography;
using ModelSlim.Core.Caching;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Files;
using ModelSlim.Core.Fingerprints;
using ModelSlim.Core.Onnx;

namespace ModelSlim.Pipeline;

/// <summary>
/// A model on its way into the store or to the output: one file, or a file and one beside it with its data, which is named like
/// it with <see cref="OnnxWriter.DataSuffix"/>.
/// </summary>
public sealed class ModelContent
{
    /// <summary>Name of the model in the store.</summary>
    public const string ModelName = "model.onnx";

    private const string DataName = ModelName + OnnxWriter.DataSuffix;

    private readonly Func<Stream, bool> model;
    private readonly Func<Stream, bool>? data;

    private ModelContent(Func<Stream, bool> model, Func<Stream, bool>? data)
    {
        this.model = model;
        this.data = data;
    }

    /// <summary>What goes into the store.</summary>
    public IEnumerable<NewOutput> Outputs =>
        data is null ? [Output(ModelName, model)] : [Output(ModelName, model), Output(DataName, data)];

    /// <summary>
    /// Names and digests of <see cref="Outputs"/>, in ordinal order of the names. They do not depend on the path that the model goes to,
    /// though the name of a data file is part of the model that refers to it.
    /// </summary>
    public ImmutableArray<StoredOutput> Files() =>
    [
        .. Outputs.Select(output => new StoredOutput(output.Name, ContentDigest.Of(output.Write))).OrderBy(file => file.Name, StringComparer.Ordinal),
    ];

    /// <summary>A model in memory, as a writer writes it.</summary>
    public static ModelContent Of(OnnxModel model, OnnxWriter writer)
    {
        var written = writer.Prepare(model, DataName);
        return new ModelContent(Always(written.WriteModel), written.HasData ? Always(written.WriteData) : null);
    }

    /// <summary>A model in the store.</summary>
    public static ModelContent Of(StoredArtifact artifact, CancellationToken cancellation) => new(
        stream => artifact.CopyTo(ModelName, stream, cancellation),
        artifact.Has(DataName) ? stream => artifact.CopyTo(DataName, stream, cancellation) : null);

    /// <summary>A model file that has all its data in it, byte for byte.</summary>
    public static ModelContent OfFile(string path) => new(
        Always(stream =>
        {
            using var file = File.OpenRead(path);
            file.CopyTo(stream);
        }),
        null);

    /// <summary>Writes the files, each whole or not at all, the model last.</summary>
    /// <param name="path">Path of the model.</param>
    /// <returns>SHA-256 of the model file, in lower-case hexadecimal digits; MSLIM3013 where the store has lost it meanwhile.</returns>
    /// <exception cref="IOException">A file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">A file must not be written.</exception>
    public Result<string> Deliver(string path)
    {
        var write = model;
        if (data is not null)
        {
            using var head = new MemoryStream();
            if (!model(head) || !AtomicFile.TryWrite(path + OnnxWriter.DataSuffix, data))
            {
                return Lost();
            }

            var named = OnnxWriter.Referring(head.ToArray(), Path.GetFileName(path) + OnnxWriter.DataSuffix);
            write = Always(stream => stream.Write(named));
        }

        using var sha256 = SHA256.Create();
        return AtomicFile.TryWrite(path, stream => Hashed(stream, sha256, write)) ? Convert.ToHexStringLower(sha256.Hash!) : Lost();
    }

    /// <summary>The model in memory.</summary>
    public Result<OnnxModel> Read(OnnxReader reader)
    {
        using var folder = new TemporaryDirectory();
        return Deliver(folder.Of(ModelName)).Then(_ => reader.Read(folder.Of(ModelName)));
    }

    private static bool Hashed(Stream target, SHA256 sha256, Func<Stream, bool> write)
    {
        using var hashed = new CryptoStream(target, sha256, CryptoStreamMode.Write, leaveOpen: true);
        return write(hashed);
    }

    private static Func<Stream, bool> Always(Action<Stream> write) => stream =>
    {
        write(stream);
        return true;
    };

    private static NewOutput Output(string name, Func<Stream, bool> write) => new(name, stream => write(stream));

    private static Diagnostic Lost() =>
        DiagnosticCodes.StoreEntryDamaged.Says("The stored result was damaged or removed while it was copied; build again.");
}
