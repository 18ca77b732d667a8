using System.Collections.Immutable;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Training.Data;

/// <summary>What the front of an array file says.</summary>
/// <param name="Type">Element type.</param>
/// <param name="BigEndian">True where the bytes of an element are the other way round.</param>
/// <param name="Shape">Extent of each axis; the first counts the rows.</param>
/// <param name="Length">Bytes of the header; the elements follow.</param>
internal sealed record ArrayHeader(ElementType Type, bool BigEndian, ImmutableArray<int> Shape, int Length)
{
    /// <summary>Bytes of one row.</summary>
    /// <exception cref="OverflowException">More than an array holds.</exception>
    public long RowBytes => checked(TensorData.Count(Shape[1..]) * TensorData.SizeOf(Type)) is var bytes && bytes <= System.Array.MaxLength
        ? bytes
        : throw new OverflowException();

    /// <summary>Shape and element type, for messages.</summary>
    public string Words => $"[{string.Join(", ", Shape)}] {Type}";

    /// <summary>Number of rows that are read.</summary>
    /// <param name="limit">At most this many; null means all.</param>
    public int Rows(int? limit) => Math.Min(Shape[0], limit ?? int.MaxValue);
}
