using System.Globalization;
using Google.Protobuf;
using ModelSlim.Core.Onnx.Protobuf;

namespace ModelSlim.Core.Onnx;

/// <summary>A model as it is written: one file, or a file and one beside it with the data of its stored tensors.</summary>
public sealed class WrittenModel
{
    private const int LeastData = 1024;
    private const int Alignment = 4096;

    private readonly ModelProto message;
    private readonly List<(long Offset, ByteString Bytes)> data = [];
    private readonly long dataLength;

    private WrittenModel(ModelProto message) => this.message = message;

    private WrittenModel(ModelProto message, string dataName)
    {
        // ONNX Runtime maps data into memory that starts at a page.
        this.message = message.Clone();
        foreach (var tensor in this.message.Graph.Initializer.Where(tensor => tensor.RawData.Length >= LeastData))
        {
            var offset = (dataLength + Alignment - 1) / Alignment * Alignment;
            data.Add((offset, tensor.RawData));
            dataLength = offset + tensor.RawData.Length;
            Refer(tensor, dataName, offset, tensor.RawData.Length);
        }
    }

    /// <summary>True where there are two files.</summary>
    public bool HasData => data.Count > 0;

    /// <summary>Bytes of the files together.</summary>
    public long Size => message.CalculateSize() + dataLength;

    /// <summary>Writes the model file.</summary>
    public void WriteModel(Stream target) => message.WriteTo(target);

    /// <summary>Writes the file beside it.</summary>
    public void WriteData(Stream target)
    {
        var (position, zeros) = (0L, new byte[Alignment]);
        foreach (var (offset, bytes) in data)
        {
            target.Write(zeros, 0, (int)(offset - position));
            target.Write(bytes.Span);
            position = offset + bytes.Length;
        }
    }

    /// <summary>A model as one file.</summary>
    internal static WrittenModel Whole(ModelProto message) => new(message);

    /// <summary>A model as two files.</summary>
    /// <param name="message">The model, with all its data in it.</param>
    /// <param name="dataName">Name of the file beside it.</param>
    internal static WrittenModel Split(ModelProto message, string dataName) => new(message, dataName);

    private static void Refer(TensorProto tensor, string location, long offset, long length)
    {
        tensor.ClearRawData();
        tensor.DataLocation = TensorProto.Types.DataLocation.External;
        tensor.ExternalData.Add(new StringStringEntryProto { Key = "location", Value = location });
        tensor.ExternalData.Add(new StringStringEntryProto { Key = "offset", Value = offset.ToString(CultureInfo.InvariantCulture) });
        tensor.ExternalData.Add(new StringStringEntryProto { Key = "length", Value = length.ToString(CultureInfo.InvariantCulture) });
    }
}
