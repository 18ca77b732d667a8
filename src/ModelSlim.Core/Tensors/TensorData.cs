using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ModelSlim.Core.Tensors;

/// <summary>A constant tensor: element type, shape and the elements in row-major order, little-endian. Immutable.</summary>
public sealed class TensorData
{
    /// <summary>Makes a tensor over bytes that nobody changes any more.</summary>
    /// <param name="type">Element type; any but strings.</param>
    /// <param name="shape">Extent of each axis; empty for a scalar.</param>
    /// <param name="bytes">The elements, row-major, little-endian.</param>
    /// <exception cref="ArgumentException">An extent is negative, or the number of bytes does not fit type and shape.</exception>
    public TensorData(ElementType type, ImmutableArray<int> shape, ReadOnlyMemory<byte> bytes)
    {
        if (shape.Any(extent => extent < 0))
        {
            throw new ArgumentException($"[{string.Join(", ", shape)}] is no shape.", nameof(shape));
        }

        var expected = Count(shape) * SizeOf(type);
        if (bytes.Length != expected)
        {
            throw new ArgumentException(
                $"{type} [{string.Join(", ", shape)}] needs {expected} bytes, not {bytes.Length}.", nameof(bytes));
        }

        Type = type;
        Shape = shape;
        Bytes = bytes;
    }

    /// <summary>Element type.</summary>
    public ElementType Type { get; }

    /// <summary>Extent of each axis; empty for a scalar.</summary>
    public ImmutableArray<int> Shape { get; }

    /// <summary>The elements, row-major, little-endian.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Number of elements.</summary>
    public long Length => Count(Shape);

    /// <summary>True where the elements are floating-point numbers that <see cref="ToSingles"/> reads.</summary>
    public bool IsFloatingPoint =>
        Type is ElementType.Float or ElementType.Float16 or ElementType.BFloat16 or ElementType.Double;

    /// <summary>Makes a float tensor.</summary>
    public static TensorData From(ImmutableArray<int> shape, ReadOnlySpan<float> values) =>
        new(ElementType.Float, shape, MemoryMarshal.AsBytes(values).ToArray());

    /// <summary>Makes a tensor of numbers or truth values of some type, rounded to it; integers are cut off at the type's range.</summary>
    /// <exception cref="InvalidOperationException">The type is none of real numbers, integers or truth values.</exception>
    public static TensorData From(ElementType type, ImmutableArray<int> shape, ReadOnlySpan<float> values) => type switch
    {
        ElementType.Float => From(shape, values),
        ElementType.Bool => new TensorData(type, shape, Array.ConvertAll(values.ToArray(), value => value != 0 ? (byte)1 : (byte)0)),
        ElementType.UInt8 => Rounded<byte>(type, shape, values),
        ElementType.Int8 => Rounded<sbyte>(type, shape, values),
        ElementType.UInt16 => Rounded<ushort>(type, shape, values),
        ElementType.Int16 => Rounded<short>(type, shape, values),
        ElementType.UInt32 => Rounded<uint>(type, shape, values),
        ElementType.Int32 => Rounded<int>(type, shape, values),
        ElementType.UInt64 => Rounded<ulong>(type, shape, values),
        ElementType.Int64 => Rounded<long>(type, shape, values),
        _ => new TensorData(type, shape, new byte[checked(values.Length * SizeOf(type))]).WithSingles(values),
    };

    /// <summary>Makes an int64 tensor.</summary>
    public static TensorData From(ImmutableArray<int> shape, ReadOnlySpan<long> values) =>
        new(ElementType.Int64, shape, MemoryMarshal.AsBytes(values).ToArray());

    /// <summary>Makes a tensor of int64 or int32.</summary>
    /// <exception cref="OverflowException">A value does not fit into int32.</exception>
    public static TensorData Integers(ElementType type, ImmutableArray<int> shape, ReadOnlySpan<long> values) => type == ElementType.Int32
        ? new(type, shape, MemoryMarshal.AsBytes<int>(Array.ConvertAll(values.ToArray(), value => checked((int)value))).ToArray())
        : new(type, shape, MemoryMarshal.AsBytes(values).ToArray());

    /// <summary>Bytes of one element.</summary>
    /// <exception cref="ArgumentException">The type has no fixed size.</exception>
    public static int SizeOf(ElementType type) => type switch
    {
        ElementType.UInt8 or ElementType.Int8 or ElementType.Bool => 1,
        ElementType.UInt16 or ElementType.Int16 or ElementType.Float16 or ElementType.BFloat16 => 2,
        ElementType.Float or ElementType.Int32 or ElementType.UInt32 => 4,
        ElementType.Double or ElementType.Int64 or ElementType.UInt64 or ElementType.Complex64 => 8,
        ElementType.Complex128 => 16,
        _ => throw new ArgumentException($"Elements of type {type} have no fixed size.", nameof(type)),
    };

    /// <summary>Number of elements of a shape.</summary>
    public static long Count(ImmutableArray<int> shape)
    {
        var count = 1L;
        foreach (var extent in shape)
        {
            count = checked(count * extent);
        }

        return count;
    }

    /// <summary>The elements as float32: copied as they are, or converted from float16, bfloat16 or double.</summary>
    /// <exception cref="InvalidOperationException">The elements are not floating-point numbers.</exception>
    public float[] ToSingles()
    {
        var bytes = Bytes.Span;
        return Type switch
        {
            ElementType.Float => MemoryMarshal.Cast<byte, float>(bytes).ToArray(),
            ElementType.Double => Array.ConvertAll(MemoryMarshal.Cast<byte, double>(bytes).ToArray(), v => (float)v),
            ElementType.Float16 => Array.ConvertAll(MemoryMarshal.Cast<byte, Half>(bytes).ToArray(), v => (float)v),
            ElementType.BFloat16 => Array.ConvertAll(
                MemoryMarshal.Cast<byte, ushort>(bytes).ToArray(), v => BitConverter.UInt32BitsToSingle((uint)v << 16)),
            _ => throw new InvalidOperationException($"Elements of type {Type} are not floating-point numbers."),
        };
    }

    /// <summary>The elements as float32: as they are, without a copy, or converted from float16, bfloat16 or double.</summary>
    /// <exception cref="InvalidOperationException">The elements are not floating-point numbers.</exception>
    public ReadOnlySpan<float> AsSingles() => Type == ElementType.Float ? MemoryMarshal.Cast<byte, float>(Bytes.Span) : ToSingles();

    /// <summary>The elements as int64, from int64 or int32.</summary>
    /// <exception cref="InvalidOperationException">The elements are of another type.</exception>
    public long[] ToInt64s() => Type switch
    {
        ElementType.Int64 => MemoryMarshal.Cast<byte, long>(Bytes.Span).ToArray(),
        ElementType.Int32 => Array.ConvertAll(MemoryMarshal.Cast<byte, int>(Bytes.Span).ToArray(), v => (long)v),
        _ => throw new InvalidOperationException($"Elements of type {Type} are not integers that ModelSlim reads."),
    };

    /// <summary>A tensor of the same shape and element type with other values, rounded to that type.</summary>
    /// <param name="values">As many values as this tensor has, row-major.</param>
    /// <exception cref="InvalidOperationException">The elements are not floating-point numbers.</exception>
    public TensorData WithSingles(ReadOnlySpan<float> values)
    {
        var copy = values.ToArray();
        byte[] bytes = Type switch
        {
            ElementType.Float => MemoryMarshal.AsBytes(values).ToArray(),
            ElementType.Double => MemoryMarshal.AsBytes<double>(Array.ConvertAll(copy, v => (double)v)).ToArray(),
            ElementType.Float16 => MemoryMarshal.AsBytes<Half>(Array.ConvertAll(copy, v => (Half)v)).ToArray(),
            ElementType.BFloat16 => MemoryMarshal.AsBytes<ushort>(Array.ConvertAll(copy, RoundToBFloat16)).ToArray(),
            _ => throw new InvalidOperationException($"Elements of type {Type} are not floating-point numbers."),
        };
        return new TensorData(Type, Shape, bytes);
    }

    /// <summary>Keeps some indices of one axis, in the order given.</summary>
    /// <param name="axis">The axis, counted from 0.</param>
    /// <param name="kept">Indices to keep.</param>
    /// <exception cref="ArgumentOutOfRangeException">The axis does not have such an index.</exception>
    public TensorData Take(int axis, ReadOnlySpan<int> kept)
    {
        var rows = new int[(int)Count(Shape[..axis])];
        for (var row = 0; row < rows.Length; row++)
        {
            rows[row] = row;
        }

        return Take(axis, rows, kept, Shape.SetItem(axis, kept.Length));
    }

    /// <summary>Keeps some indices of several axes, in the order given, in one copy.</summary>
    /// <param name="kept">Indices to keep of each axis; null keeps all of it.</param>
    /// <exception cref="ArgumentOutOfRangeException">An axis does not have such an index.</exception>
    public TensorData Take(IReadOnlyList<ImmutableArray<int>?> kept)
    {
        var last = Enumerable.Range(0, Shape.Length).LastOrDefault(axis => kept[axis] is not null, -1);
        if (last < 0)
        {
            return this;
        }

        int[] rows = [0];
        for (var axis = 0; axis < last; axis++)
        {
            var indices = kept[axis] is { } some ? [.. some] : Enumerable.Range(0, Shape[axis]).ToArray();
            CheckIndices(axis, indices);
            var longer = new int[rows.Length * indices.Length];
            for (var i = 0; i < longer.Length; i++)
            {
                longer[i] = (rows[i / indices.Length] * Shape[axis]) + indices[i % indices.Length];
            }

            rows = longer;
        }

        return Take(last, rows, kept[last]!.Value.AsSpan(), [.. Shape.Select((extent, axis) => kept[axis]?.Length ?? extent)]);
    }

    // Rows: the indices on the axes before, each as one row-major number.
    private TensorData Take(int axis, int[] rows, ReadOnlySpan<int> kept, ImmutableArray<int> shape)
    {
        CheckIndices(axis, kept);
        var run = checked((int)Count(Shape[(axis + 1)..]) * SizeOf(Type));
        var result = new byte[checked(rows.Length * kept.Length * run)];
        Copy(Bytes.Span, rows, Shape[axis] * run, kept, run, result);
        return new TensorData(Type, shape, result);
    }

    private void CheckIndices(int axis, ReadOnlySpan<int> kept)
    {
        foreach (var index in kept)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index, nameof(kept));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Shape[axis], nameof(kept));
        }
    }

    // Runs may be single numbers, and millions of them.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Copy(ReadOnlySpan<byte> source, int[] rows, int rowLength, ReadOnlySpan<int> kept, int run, Span<byte> target)
    {
        foreach (var row in rows)
        {
            var from = source.Slice(row * rowLength, rowLength);
            foreach (var index in kept)
            {
                from.Slice(index * run, run).CopyTo(target);
                target = target[run..];
            }
        }
    }

    private static TensorData Rounded<T>(ElementType type, ImmutableArray<int> shape, ReadOnlySpan<float> values)
        where T : unmanaged, System.Numerics.INumber<T> =>
        new(type, shape, MemoryMarshal.AsBytes<T>(Array.ConvertAll(values.ToArray(), value => T.CreateSaturating(MathF.Round(value)))).ToArray());

    private static ushort RoundToBFloat16(float value)
    {
        var bits = BitConverter.SingleToUInt32Bits(value);
        return float.IsNaN(value) ? (ushort)((bits >> 16) | 0x40) : (ushort)((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16);
    }
}
