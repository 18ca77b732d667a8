using Google.Protobuf;
using ModelSlim.Core.Onnx.Protobuf;

namespace ModelSlim.Core.Onnx;

/// <summary>
/// Reads a model message (ONNX <c>ModelProto</c>) from a stream without holding the file beside it: large raw data of the main
/// graph's stored tensors, and of tensors that are attributes of its nodes, goes straight into memory of its own, and the rest
/// is parsed. The message is the same as if it had been parsed from the whole file.
/// </summary>
internal sealed class MessageReader
{
    private const int BufferSize = 1 << 16;

    private readonly Stream stream;
    private readonly long length;
    private readonly int large;
    private readonly Dictionary<(int Place, int Attribute), byte[]> taken = [];
    private readonly byte[] one = new byte[1];
    private int initializers;
    private int nodes;
    private int attributes;

    private MessageReader(Stream stream, int large)
    {
        this.stream = stream;
        length = stream.Length;
        this.large = large;
    }

    private enum Level
    {
        None,
        Model,
        Graph,
        Node,
        Attribute,
        Initializer,
        AttributeTensor,
    }

    /// <summary>Reads a message.</summary>
    /// <param name="stream">The file, from its start; it can seek.</param>
    /// <param name="large">How many bytes of raw data are held apart.</param>
    /// <exception cref="InvalidProtocolBufferException">The file is no whole message.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ModelProto Read(Stream stream, int large = BufferSize)
    {
        var reader = new MessageReader(stream, large);
        using var rest = new MemoryStream();
        if (!reader.Copy(Level.Model, reader.length, rest))
        {
            // A form that this does not follow; the parser knows what is wrong with it, if anything is.
            stream.Position = 0;
            return ModelProto.Parser.ParseFrom(stream);
        }

        var message = ModelProto.Parser.ParseFrom(rest.GetBuffer(), 0, (int)rest.Length);
        foreach (var ((place, attribute), data) in reader.taken)
        {
            var tensor = attribute < 0 ? message.Graph.Initializer[place] : message.Graph.Node[place].Attribute[attribute].T;
            tensor.RawData = UnsafeByteOperations.UnsafeWrap(data);
        }

        return message;
    }

    // Copies the fields up to an end; false where they are not what protobuf writes.
    private bool Copy(Level level, long end, MemoryStream target)
    {
        while (stream.Position < end)
        {
            if (!ReadNumber(out var tag))
            {
                return false;
            }

            var (field, kind) = ((int)(tag >> 3), (int)(tag & 7));
            WriteNumber(target, tag);
            var good = kind switch
            {
                0 => ReadNumber(out var number) && WriteNumber(target, number),
                1 => CopyBytes(sizeof(ulong), target),
                2 => ReadNumber(out var size) && stream.Position <= end && size <= (ulong)(end - stream.Position) && CopyField(level, field, (long)size, target),
                5 => CopyBytes(sizeof(uint), target),
                _ => false,
            };
            if (!good)
            {
                return false;
            }
        }

        return stream.Position == end;
    }

    private bool CopyField(Level level, int field, long size, MemoryStream target)
    {
        if (level is Level.Initializer or Level.AttributeTensor && field == TensorProto.RawDataFieldNumber)
        {
            // Of several data the last counts.
            var tensor = level == Level.Initializer ? (initializers - 1, -1) : (nodes - 1, attributes - 1);
            taken.Remove(tensor);
            if (size >= large && size <= Array.MaxLength)
            {
                var data = GC.AllocateUninitializedArray<byte>((int)size);
                stream.ReadExactly(data);
                taken.Add(tensor, data);
                return WriteNumber(target, 0);
            }
        }

        var inner = Enter(level, field);
        if (inner == Level.None)
        {
            return size <= Array.MaxLength && WriteNumber(target, (ulong)size) && CopyBytes((int)size, target);
        }

        using var content = new MemoryStream();
        if (!Copy(inner, stream.Position + size, content))
        {
            return false;
        }

        WriteNumber(target, (ulong)content.Length);
        content.WriteTo(target);
        return true;
    }

    // What a field holds, counting the tensors and nodes that go by.
    private Level Enter(Level level, int field)
    {
        switch (level, field)
        {
            case (Level.Model, ModelProto.GraphFieldNumber):
                return Level.Graph;
            case (Level.Graph, GraphProto.InitializerFieldNumber):
                initializers++;
                return Level.Initializer;
            case (Level.Graph, GraphProto.NodeFieldNumber):
                nodes++;
                attributes = 0;
                return Level.Node;
            case (Level.Node, NodeProto.AttributeFieldNumber):
                attributes++;
                return Level.Attribute;
            case (Level.Attribute, AttributeProto.TFieldNumber):
                return Level.AttributeTensor;
            default:
                return Level.None;
        }
    }

    private bool CopyBytes(int count, MemoryStream target)
    {
        var start = (int)target.Length;
        if (count > length - stream.Position || (long)start + count > Array.MaxLength)
        {
            return false;
        }

        target.SetLength(start + count);
        stream.ReadExactly(target.GetBuffer(), start, count);
        target.Position = target.Length;
        return true;
    }

    private bool ReadNumber(out ulong number)
    {
        number = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            if (stream.Read(one) == 0)
            {
                return false;
            }

            number |= (ulong)(one[0] & 0x7F) << shift;
            if (one[0] < 0x80)
            {
                return true;
            }
        }

        return false;
    }

    private static bool WriteNumber(MemoryStream target, ulong number)
    {
        for (; number >= 0x80; number >>= 7)
        {
            target.WriteByte((byte)(number | 0x80));
        }

        target.WriteByte((byte)number);
        return true;
    }
}
