using Google.Protobuf;
using ModelSlim.Core.Onnx.Protobuf;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Core.Onnx;

/// <summary>A file that holds one tensor (ONNX <c>TensorProto</c>), such as <c>input_0.pb</c> of the ONNX model zoo.</summary>
public sealed class TensorFile
{
    private const int MostRank = 32;

    /// <summary>Reads element type and shape, and passes over the elements.</summary>
    /// <exception cref="InvalidDataException">This is no such file, or its elements are elsewhere; the message names the file.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be read.</exception>
    public TensorHead ReadHead(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 4096);
        var (type, dims) = (0L, new List<long>());
        while (stream.Position < stream.Length)
        {
            var tag = Number(stream, path);
            switch ((int)(tag >> 3), (int)(tag & 7))
            {
                case (TensorProto.DimsFieldNumber, 0):
                    dims.Add((long)Number(stream, path));
                    break;
                case (TensorProto.DimsFieldNumber, 2):
                    for (var end = Length(stream, path) + stream.Position; stream.Position < end && dims.Count <= MostRank;)
                    {
                        dims.Add((long)Number(stream, path));
                    }

                    break;
                case (TensorProto.DataTypeFieldNumber, 0):
                    type = (long)Number(stream, path);
                    break;
                case (TensorProto.DataLocationFieldNumber, 0) when Number(stream, path) != 0:
                    throw Elsewhere(path);
                case (_, var kind):
                    Skip(stream, kind, path);
                    break;
            }

            if (dims.Count > MostRank)
            {
                throw new InvalidDataException($"{path} is no ONNX tensor: it has more than {MostRank} axes.");
            }
        }

        if (type is <= 0 or > int.MaxValue || TensorSize.Bits((int)type) is null || TensorSize.Elements(dims) is null)
        {
            throw new InvalidDataException(
                $"{path} is no ONNX tensor that is read: element type {type}, shape [{string.Join(", ", dims.Take(MostRank))}].");
        }

        return new TensorHead((ElementType)type, [.. dims.Select(extent => (int)extent)]);
    }

    /// <summary>Reads the tensor.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, or its elements are elsewhere; the message names the file.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be read.</exception>
    public TensorData Read(string path)
    {
        TensorProto message;
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16);
            message = TensorProto.Parser.ParseFrom(stream);
        }
        catch (InvalidProtocolBufferException failure)
        {
            throw new InvalidDataException($"{path} is no ONNX tensor: {failure.Message}", failure);
        }

        if (message.DataLocation != TensorProto.Types.DataLocation.Default)
        {
            throw Elsewhere(path);
        }

        return TensorCheck.Check(message) is { } fault
            ? throw new InvalidDataException($"{path} {fault}.")
            : TensorReader.Read(message) ?? throw new InvalidDataException($"{path} has elements of type {message.DataType}, which are not read.");
    }

    private static InvalidDataException Elsewhere(string path) => new($"{path} has its elements in another file, which is not read.");

    private static void Skip(FileStream stream, int kind, string path)
    {
        var count = kind switch
        {
            0 => Number(stream, path) is var _ ? 0 : 0,
            1 => sizeof(ulong),
            2 => Length(stream, path),
            5 => sizeof(uint),
            _ => throw Damaged(path),
        };
        if (count > stream.Length - stream.Position)
        {
            throw Damaged(path);
        }

        stream.Seek(count, SeekOrigin.Current);
    }

    private static long Length(FileStream stream, string path) =>
        Number(stream, path) is var length && length <= (ulong)(stream.Length - stream.Position) ? (long)length : throw Damaged(path);

    private static ulong Number(FileStream stream, string path)
    {
        var number = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = stream.ReadByte();
            if (next < 0)
            {
                break;
            }

            number |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return number;
            }
        }

        throw Damaged(path);
    }

    private static InvalidDataException Damaged(string path) => new($"{path} is no ONNX tensor, or is cut short.");
}
