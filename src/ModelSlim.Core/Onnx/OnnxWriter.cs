using System.Security.Cryptography;
using Google.Protobuf;
using ModelSlim.Core.Files;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx.Protobuf;

namespace ModelSlim.Core.Onnx;

/// <summary>
/// Writes ONNX files. What the graph shares with the message the model was read from is written as it was, unknown fields,
/// doc strings and metadata included; an unchanged model gives the same message. A model is one file, whether its data was in
/// files beside it or not, as long as that file stays below a limit; a larger one is a file and one beside it, named like it
/// with <see cref="DataSuffix"/>, that holds the data of its stored tensors.
/// </summary>
/// <param name="largestFile">Most bytes of stored tensors in one file; ONNX Runtime reads no message of 2 GiB.</param>
public sealed class OnnxWriter(long largestFile = OnnxWriter.LargestFile)
{
    /// <summary>What the name of the file beside a large model ends with.</summary>
    public const string DataSuffix = ".data";

    private const long LargestFile = 3L << 29;
    private const int LastVersionWithInitializersAmongInputs = 3;

    /// <summary>The bytes of the file.</summary>
    /// <exception cref="InvalidOperationException">The model is too large for one file.</exception>
    public byte[] Write(OnnxModel model)
    {
        var message = Message(model);
        return Weight(message) <= Array.MaxLength
            ? message.ToByteArray()
            : throw new InvalidOperationException("The model is too large for one file.");
    }

    /// <summary>Makes a model ready to be written.</summary>
    /// <param name="model">The model.</param>
    /// <param name="dataName">Name of the file beside it, if it needs one.</param>
    public WrittenModel Prepare(OnnxModel model, string dataName)
    {
        var message = Message(model);
        return Weight(message) > largestFile ? WrittenModel.Split(message, dataName) : WrittenModel.Whole(message);
    }

    /// <summary>Writes a file, and the one beside it if the model needs one, each whole or not at all.</summary>
    /// <exception cref="IOException">The operating system refuses; a file that was there is left as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder or file must not be written.</exception>
    public void Save(OnnxModel model, string path)
    {
        var written = Prepare(model, Path.GetFileName(path) + DataSuffix);
        if (written.HasData)
        {
            AtomicFile.Write(path + DataSuffix, written.WriteData);
        }

        AtomicFile.Write(path, written.WriteModel);
    }

    /// <summary>Bytes of what <see cref="Save"/> writes as <c>model.onnx</c>: the file beside a large model is named in it.</summary>
    public long Size(OnnxModel model) => Prepare(model, "model.onnx" + DataSuffix).Size;

    /// <summary>A model file whose data lies in a file beside it, referring to that file by another name.</summary>
    /// <param name="model">The bytes of the model file.</param>
    /// <param name="dataName">The other name.</param>
    public static byte[] Referring(byte[] model, string dataName)
    {
        var message = ModelProto.Parser.ParseFrom(model);
        foreach (var entry in message.Graph.Initializer.SelectMany(tensor => tensor.ExternalData).Where(entry => entry.Key == "location"))
        {
            entry.Value = dataName;
        }

        return message.ToByteArray();
    }

    /// <summary>SHA-256 of what <see cref="Save"/> writes, one file after the other, in lower-case hexadecimal digits.</summary>
    public string Digest(OnnxModel model)
    {
        using var sha256 = SHA256.Create();
        using (var hashed = new CryptoStream(Stream.Null, sha256, CryptoStreamMode.Write))
        {
            var written = Prepare(model, "model.onnx" + DataSuffix);
            written.WriteModel(hashed);
            written.WriteData(hashed);
        }

        return Convert.ToHexStringLower(sha256.Hash!);
    }

    private static long Weight(ModelProto message) => message.Graph.Initializer.Sum(tensor => (long)tensor.RawData.Length);

    private static ModelProto Message(OnnxModel model)
    {
        var before = new GraphReader(model.Source).Read(model.Source.Graph);
        var isSparse = SparseTensors.Any(model.Source.Graph);
        if (GraphComparison.Same(before, model.Graph) && isSparse == model.StoresSparse)
        {
            return model.Source;
        }

        var message = model.Source.Clone();
        ApplyOpsets(message, before, model.Graph);
        GraphPatch.Apply(
            message.Graph, before, model.Graph, message.IrVersion is > 0 and <= LastVersionWithInitializersAmongInputs);
        if (model.StoresSparse && message.IrVersion >= SparseTensors.FirstVersion)
        {
            SparseTensors.Compact(message.Graph);
        }
        else if (isSparse)
        {
            SparseTensors.Expand(message.Graph);
        }

        return message;
    }

    private static void ApplyOpsets(ModelProto message, Graph before, Graph after)
    {
        foreach (var (domain, version) in after.Opsets)
        {
            if (before.Opsets.TryGetValue(domain, out var old) && old == version)
            {
                continue;
            }

            var import = message.OpsetImport.FirstOrDefault(import => GraphReader.Domain(import.Domain) == domain);
            if (import is null)
            {
                import = new OperatorSetIdProto { Domain = domain };
                message.OpsetImport.Add(import);
            }

            import.Version = version;
        }

        var unused = message.OpsetImport.Where(import => !after.Opsets.ContainsKey(GraphReader.Domain(import.Domain)));
        foreach (var gone in unused.ToList())
        {
            message.OpsetImport.Remove(gone);
        }
    }
}
