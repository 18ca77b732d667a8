using System.IO.Compression;
using ModelSlim.Core.Files;
using ModelSlim.Core.Onnx;

namespace ModelSlim.Pipeline;

/// <summary>How many bytes a model takes in a zip file, as in a package.</summary>
/// <param name="writer">Writes models.</param>
public sealed class PackedSize(OnnxWriter writer)
{
    /// <summary>Packs it, with the data beside it if there are any, and counts.</summary>
    /// <param name="model">The model.</param>
    public long Of(OnnxModel model)
    {
        var written = writer.Prepare(model, "model" + OnnxWriter.DataSuffix);
        using var count = new CountingStream();
        using (var packed = new DeflateStream(count, CompressionLevel.Optimal, leaveOpen: true))
        {
            written.WriteModel(packed);
            if (written.HasData)
            {
                written.WriteData(packed);
            }
        }

        return count.Length;
    }
}
