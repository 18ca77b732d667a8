using System.Buffers.Binary;
using System.Collections.Immutable;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Training.Data;

/// <summary>
/// Reads the front of an IDX file (LeCun, Cortes, Burges, "The MNIST database"): two zero bytes, a byte for the element
/// type, a byte for the number of axes, then each extent and the elements, all big-endian.
/// </summary>
internal static class IdxHeader
{
    private const int MaxRank = 8;

    /// <summary>Reads the header.</summary>
    /// <param name="stream">At the front of the file.</param>
    /// <exception cref="InvalidDataException">This is not an IDX file; the message says why, without the file's name.</exception>
    /// <exception cref="EndOfStreamException">The file ends within the header.</exception>
    public static ArrayHeader Read(Stream stream)
    {
        Span<byte> magic = stackalloc byte[4];
        stream.ReadExactly(magic);
        if (magic[0] != 0 || magic[1] != 0)
        {
            throw new InvalidDataException("an IDX file begins with two zero bytes");
        }

        var type = magic[2] switch
        {
            0x08 => ElementType.UInt8,
            0x09 => ElementType.Int8,
            0x0B => ElementType.Int16,
            0x0C => ElementType.Int32,
            0x0D => ElementType.Float,
            0x0E => ElementType.Double,
            _ => throw new InvalidDataException($"0x{magic[2]:x2} is not an element type of IDX"),
        };
        int rank = magic[3];
        if (rank is 0 or > MaxRank)
        {
            throw new InvalidDataException($"{rank} axes; IDX files have 1 to {MaxRank} here");
        }

        Span<byte> extents = stackalloc byte[4 * rank];
        stream.ReadExactly(extents);
        var shape = ImmutableArray.CreateBuilder<int>(rank);
        for (var axis = 0; axis < rank; axis++)
        {
            var extent = BinaryPrimitives.ReadInt32BigEndian(extents[(4 * axis)..]);
            shape.Add(extent >= 0 ? extent : throw new InvalidDataException($"axis {axis} has the extent {(uint)extent}"));
        }

        return new ArrayHeader(type, BigEndian: true, shape.MoveToImmutable(), 4 + (4 * rank));
    }
}
