using System.Text;
using Google.Protobuf;
using ModelSlim.Core.Onnx.Protobuf;

namespace ModelSlim.Core.Onnx;

/// <summary>
/// Finds the declared inputs and outputs in a model message (ONNX <c>ModelProto</c>), and whether a tensor anywhere in it has its data
/// in another file. Steps over everything else, so that it takes as long for a large model as for a small one.
/// </summary>
internal sealed class SignatureReader
{
    /// <summary>What protobuf itself takes, in messages.</summary>
    private const int MostNesting = 100;

    private readonly Stream stream;
    private readonly GraphProto found = new();
    private readonly HashSet<string> stored = new(StringComparer.Ordinal);
    private bool hasGraph;
    private bool hasExternalData;
    private int nesting;

    private SignatureReader(Stream stream) => this.stream = stream;

    private enum Level
    {
        Model,
        Graph,
        Tensor,
        SparseTensor,
        Function,
        InnerGraph,
        Node,
        Attribute,
        InnerTensor,
        InnerSparseTensor,
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
                [.. reader.found.Output.Select(GraphReader.Value)],
                reader.hasExternalData)
            : null;
    }

    private void Walk(Level level, long end)
    {
        if (++nesting > MostNesting)
        {
            throw new InvalidDataException("it has graphs in graphs too deep");
        }

        while (stream.Position < end)
        {
            var tag = ReadNumber();
            switch (tag & 7)
            {
                case 0:
                    var number = ReadNumber();
                    hasExternalData |= level is Level.Tensor or Level.InnerTensor
                        && tag >> 3 == TensorProto.DataLocationFieldNumber
                        && number == (ulong)TensorProto.Types.DataLocation.External;
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

        nesting--;
    }

    private void ReadField(Level level, int field, long size)
    {
        switch (level, field)
        {
            case (Level.Tensor, TensorProto.NameFieldNumber):
                stored.Add(Encoding.UTF8.GetString(ReadBytes(size)));
                break;
            case (Level.Graph, GraphProto.InputFieldNumber):
                found.Input.Add(ValueInfoProto.Parser.ParseFrom(ReadBytes(size)));
                break;
            case (Level.Graph, GraphProto.OutputFieldNumber):
                found.Output.Add(ValueInfoProto.Parser.ParseFrom(ReadBytes(size)));
                break;
            default:
                if (Inside(level, field) is { } inner)
                {
                    hasGraph |= inner == Level.Graph;
                    Walk(inner, stream.Position + size);
                }
                else
                {
                    StepOver(size, stream.Position + size);
                }

                break;
        }
    }

    /// <summary>What a field has in it, where something there counts. Names of stored tensors count in the outermost graph alone.</summary>
    private static Level? Inside(Level level, int field) => (level, field) switch
    {
        (Level.Model, ModelProto.GraphFieldNumber) => Level.Graph,
        (Level.Model, ModelProto.FunctionsFieldNumber) => Level.Function,
        (Level.Graph, GraphProto.InitializerFieldNumber) or (Level.SparseTensor, SparseTensorProto.ValuesFieldNumber) => Level.Tensor,
        (Level.Graph, GraphProto.SparseInitializerFieldNumber) => Level.SparseTensor,
        (Level.Graph or Level.InnerGraph, GraphProto.NodeFieldNumber) or (Level.Function, FunctionProto.NodeFieldNumber) => Level.Node,
        (Level.Node, NodeProto.AttributeFieldNumber) => Level.Attribute,
        (Level.Attribute, AttributeProto.GFieldNumber or AttributeProto.GraphsFieldNumber) => Level.InnerGraph,
        (Level.Attribute, AttributeProto.TFieldNumber or AttributeProto.TensorsFieldNumber)
            or (Level.InnerGraph, GraphProto.InitializerFieldNumber)
            or (Level.InnerSparseTensor or Level.SparseTensor, SparseTensorProto.ValuesFieldNumber or SparseTensorProto.IndicesFieldNumber) => Level.InnerTensor,
        (Level.Attribute, AttributeProto.SparseTensorFieldNumber or AttributeProto.SparseTensorsFieldNumber)
            or (Level.InnerGraph, GraphProto.SparseInitializerFieldNumber) => Level.InnerSparseTensor,
        _ => null,
    };

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
