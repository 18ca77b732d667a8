using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Training.Data;

/// <summary>An array in a file, row-major, read row by row: what IDX and npy files hold.</summary>
/// <param name="path">The file, for messages.</param>
/// <param name="header">Element type, byte order and shape; the first axis counts the rows.</param>
/// <param name="rows">Number of rows that are read, from the front.</param>
/// <param name="elements">Where the elements are.</param>
/// <param name="offset">Where the first element begins.</param>
internal sealed class StoredArray(string path, ArrayHeader header, int rows, ByteSource elements, long offset) : IDisposable
{
    private readonly ElementType type = header.Type;

    /// <summary>The file, for messages.</summary>
    public string Path => path;

    /// <summary>Element type.</summary>
    public ElementType Type => type;

    /// <summary>Number of rows that are read, from the front.</summary>
    public int Rows => rows;

    /// <summary>Number of rows in the file.</summary>
    public int DeclaredRows => header.Shape[0];

    /// <summary>Shape of one row.</summary>
    public ImmutableArray<int> RowShape => header.Shape[1..];

    /// <summary>Elements of one row.</summary>
    public int RowLength { get; } = checked((int)TensorData.Count(header.Shape[1..]));

    /// <summary>Reads one row. Safe to call from several threads.</summary>
    /// <param name="row">Which row.</param>
    /// <param name="target"><see cref="RowLength"/> elements.</param>
    /// <exception cref="InvalidDataException">The file changed since it was opened.</exception>
    public void ReadRow(int row, Span<float> target)
    {
        var size = RowLength * TensorData.SizeOf(type);
        var buffer = ArrayPool<byte>.Shared.Rent(size);
        try
        {
            var bytes = buffer.AsSpan(0, size);
            elements.Read(offset + ((long)row * size), bytes);
            if (header.BigEndian)
            {
                SwapBytes(bytes);
            }

            Convert(bytes, target[..RowLength]);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Reads one row of integers. Element types are those of <see cref="IsInteger"/>.</summary>
    public void ReadRow(int row, Span<long> target)
    {
        var size = RowLength * TensorData.SizeOf(type);
        var bytes = new byte[size].AsSpan();
        elements.Read(offset + ((long)row * size), bytes);
        if (header.BigEndian)
        {
            SwapBytes(bytes);
        }

        for (var i = 0; i < RowLength; i++)
        {
            target[i] = type switch
            {
                ElementType.UInt8 or ElementType.Bool => bytes[i],
                ElementType.Int8 => (sbyte)bytes[i],
                ElementType.UInt16 => MemoryMarshal.Cast<byte, ushort>(bytes)[i],
                ElementType.Int16 => MemoryMarshal.Cast<byte, short>(bytes)[i],
                ElementType.Int32 => MemoryMarshal.Cast<byte, int>(bytes)[i],
                ElementType.UInt32 => MemoryMarshal.Cast<byte, uint>(bytes)[i],
                ElementType.Int64 => MemoryMarshal.Cast<byte, long>(bytes)[i],
                _ => throw new InvalidOperationException($"{type} is not an integer type that is read."),
            };
        }
    }

    /// <summary>True where the elements can be class indices.</summary>
    public bool IsInteger => type is ElementType.UInt8 or ElementType.Int8 or ElementType.Bool or ElementType.UInt16
        or ElementType.Int16 or ElementType.Int32 or ElementType.UInt32 or ElementType.Int64;

    /// <inheritdoc/>
    public void Dispose() => elements.Dispose();

    private void Convert(ReadOnlySpan<byte> bytes, Span<float> target)
    {
        switch (type)
        {
            case ElementType.UInt8 or ElementType.Bool:
                for (var i = 0; i < target.Length; i++)
                {
                    target[i] = bytes[i];
                }

                break;
            case ElementType.Float:
                MemoryMarshal.Cast<byte, float>(bytes).CopyTo(target);
                break;
            case ElementType.Double:
                Convert<double>(bytes, target);
                break;
            case ElementType.Float16:
                Convert<Half>(bytes, target);
                break;
            case ElementType.Int8:
                Convert<sbyte>(bytes, target);
                break;
            case ElementType.UInt16:
                Convert<ushort>(bytes, target);
                break;
            case ElementType.Int16:
                Convert<short>(bytes, target);
                break;
            case ElementType.Int32:
                Convert<int>(bytes, target);
                break;
            case ElementType.UInt32:
                Convert<uint>(bytes, target);
                break;
            case ElementType.Int64:
                Convert<long>(bytes, target);
                break;
            default:
                throw new InvalidOperationException($"Arrays of type {type} are not read.");
        }
    }

    private static void Convert<T>(ReadOnlySpan<byte> bytes, Span<float> target)
        where T : unmanaged, System.Numerics.INumber<T>
    {
        var values = MemoryMarshal.Cast<byte, T>(bytes);
        for (var i = 0; i < target.Length; i++)
        {
            target[i] = float.CreateTruncating(values[i]);
        }
    }

    private void SwapBytes(Span<byte> bytes)
    {
        switch (TensorData.SizeOf(type))
        {
            case 2:
                var halves = MemoryMarshal.Cast<byte, short>(bytes);
                BinaryPrimitives.ReverseEndianness(halves, halves);
                break;
            case 4:
                var words = MemoryMarshal.Cast<byte, int>(bytes);
                BinaryPrimitives.ReverseEndianness(words, words);
                break;
            case 8:
                var longs = MemoryMarshal.Cast<byte, long>(bytes);
                BinaryPrimitives.ReverseEndianness(longs, longs);
                break;
        }
    }
}
