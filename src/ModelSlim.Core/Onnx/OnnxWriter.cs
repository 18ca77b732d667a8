using Google.Protobuf;
using ModelSlim.Core.Files;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx.Protobuf;

namespace ModelSlim.Core.Onnx;

/// <summary>
/// Writes ONNX files. What the graph shares with the message the model was read from is written as it was, unknown fields,
/// doc strings and metadata included; an unchanged model gives the same message. Data that was in files beside the model is
/// written into the model (<see cref="OnnxReader"/> reads at most 1 GiB).
/// </summary>
public sealed class OnnxWriter
{
    private const int LastVersionWithInitializersAmongInputs = 3;

    /// <summary>The bytes of the file.</summary>
    public byte[] Write(OnnxModel model) => Message(model).ToByteArray();

    /// <summary>Writes a file, whole or not at all.</summary>
    /// <exception cref="IOException">The operating system refuses; a file that was there is left as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder or file must not be written.</exception>
    public void Save(OnnxModel model, string path)
    {
        var message = Message(model);
        AtomicFile.Write(path, stream => message.WriteTo(stream));
    }

    /// <summary>Number of bytes that <see cref="Write"/> gives.</summary>
    public long Size(OnnxModel model) => Message(model).CalculateSize();

    private static ModelProto Message(OnnxModel model)
    {
        var before = new GraphReader(model.Source).Read(model.Source.Graph);
        if (GraphComparison.Same(before, model.Graph))
        {
            return model.Source;
        }

        var message = model.Source.Clone();
        ApplyOpsets(message, before, model.Graph);
        GraphPatch.Apply(
            message.Graph, before, model.Graph, message.IrVersion is > 0 and <= LastVersionWithInitializersAmongInputs);
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
