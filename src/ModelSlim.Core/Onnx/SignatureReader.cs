using System.Text;
using Google.Protobuf;
using ModelSlim.Core.Onnx.Protobuf;

namespace ModelSlim.Core.Onnx;

/// <summary>
/// Finds the declared inputs and outputs in a model message (ONNX <c>ModelProto</c>) and steps over everything else, so that it
/// takes as long for a large model as for a small one.
/// </summary>
internal sealed class SignatureReader
{
    private readonly Stream stream;
    private readonly GraphProto found = new();
    private readonly HashSet<string> stored = new(StringComparer.Ordinal);
    private bool hasGraph;

    private SignatureReader(Stream stream) => this.stream = stream;

    private enum Level
    {
        Model,
        Graph,
        Tensor,
        SparseTensor,
    }

    /// <summary>Reads a signature.</summary>
    /// <param name="stream">The file, from its start; it can seek.</param>
    /// <returns>The signature; null where the model has no graph.</returns>
    /// <exception cref="InvalidDataException">The file is no whole message.</exception>
    /// <exception cref="InvalidProtocolBufferException">What it says of a value is none.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ModelSignature? Read(Stream stream)
    {
        var reader = new SignatureReader(stream);
        reader.Walk(Level.Model, stream.Length);
        return reader.hasGraph
            ? new ModelSignature(
                [.. reader.found.Input.Where(input => !reader.stored.Contains(input.Name)).Select(GraphReader.Value)],
                [.. reader.found.Output.Select(GraphReader.Value)])
            : null;
    }

    private void Walk(Level level, long end)
    {
        while (stream.Position < end)
        {
            var tag = ReadNumber();
            switch (tag & 7)
            {
                case 0:
                    ReadNumber();
                    break;
                case 1:
                    StepOver(sizeof(ulong), end);
                    break;
                case 2:
                    var size = ReadNumber();
                    if (stream.Position > end || size > (ulong)(end - stream.Position))
                    {
                        throw Truncated();
                    }

                    ReadField(level, (int)(tag >> 3), (long)size);
                    break;
                case 5:
                    StepOver(sizeof(uint), end);
                    break;
                default:
                    throw new InvalidDataException("it has a field of no known kind");
            }
        }

        if (stream.Position != end)
        {
            throw Truncated();
        }
    }

    private void ReadField(Level level, int field, long size)
    {
        switch (level, field)
        {
            case (Level.Model, ModelProto.GraphFieldNumber):
                hasGraph = true;
                Walk(Level.Graph, stream.Position + size);
                break;
            case (Level.Graph, GraphProto.InputFieldNumber):
                found.Input.Add(ValueInfoProto.Parser.ParseFrom(ReadBytes(size)));
                break;
            case (Level.Graph, GraphProto.OutputFieldNumber):
                found.Output.Add(ValueInfoProto.Parser.ParseFrom(ReadBytes(size)));
                break;
            case (Level.Graph, GraphProto.InitializerFieldNumber):
            case (Level.SparseTensor, SparseTensorProto.ValuesFieldNumber):
                Walk(Level.Tensor, stream.Position + size);
                break;
            case (Level.Graph, GraphProto.SparseInitializerFieldNumber):
                Walk(Level.SparseTensor, stream.Position + size);
                break;
            case (Level.Tensor, TensorProto.NameFieldNumber):
                stored.Add(Encoding.UTF8.GetString(ReadBytes(size)));
                break;
            default:
                StepOver(size, stream.Position + size);
                break;
        }
    }

    private byte[] ReadBytes(long size)
    {
        if (size > Array.MaxLength)
        {
            throw new InvalidDataException("it has a name or a shape that is too large");
        }

        var bytes = new byte[size];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private void StepOver(long size, long end)
    {
        if (size > end - stream.Position)
        {
            throw Truncated();
        }

        stream.Seek(size, SeekOrigin.Current);
    }

    private ulong ReadNumber()
    {
        var number = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var read = stream.ReadByte();
            if (read < 0)
            {
                throw Truncated();
            }

            number |= (ulong)(read & 0x7F) << shift;
            if (read < 0x80)
            {
                return number;
            }
        }

        throw new InvalidDataException("it has a number of more than 64 bits");
    }

    private static InvalidDataException Truncated() => new("it ends in the middle of a field");
}
