using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Training.Data;

/// <summary>An array in a file, row-major, or some columns of one: what IDX and npy files hold.</summary>
/// <param name="name">The file, for messages.</param>
/// <param name="header">Element type, byte order and shape; the first axis counts the rows.</param>
/// <param name="rows">Number of rows that are read, from the front.</param>
/// <param name="elements">Where the elements are.</param>
/// <param name="offset">Where the first element begins.</param>
internal sealed class StoredArray(string name, ArrayHeader header, int rows, ByteSource elements, long offset) : SampleRows
{
    private readonly ElementType type = header.Type;
    private readonly int rowLength = checked((int)TensorData.Count(header.Shape[1..]));

    /// <inheritdoc/>
    public override string Name => name;

    /// <inheritdoc/>
    public override ElementType Type => type;

    /// <inheritdoc/>
    public override int Rows => rows;

    /// <inheritdoc/>
    public override int DeclaredRows => header.Shape[0];

    /// <inheritdoc/>
    public override ImmutableArray<int> RowShape => header.Shape[1..];

    /// <summary>Elements from the start of a row to the start of the next; more than a row has where others lie between.</summary>
    public int Stride { get; init; } = checked((int)TensorData.Count(header.Shape[1..]));

    /// <inheritdoc/>
    public override void ReadRow(int row, Span<float> target)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(rowLength * TensorData.SizeOf(type));
        try
        {
            ElementConversion.ToSingles(type, Bytes(row, buffer), target[..rowLength]);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <inheritdoc/>
    public override void Dispose() => elements.Dispose();

    private Span<byte> Bytes(int row, Span<byte> buffer)
    {
        var size = TensorData.SizeOf(type);
        var bytes = buffer[..(rowLength * size)];
        elements.Read(offset + ((long)row * Stride * size), bytes);
        if (header.BigEndian)
        {
            SwapBytes(bytes);
        }

        return bytes;
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
