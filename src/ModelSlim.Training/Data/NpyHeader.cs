using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Training.Data;

/// <summary>
/// Reads the front of a NumPy file (NEP 1, versions 1.0 to 3.0): magic, version, length of the header, then a Python
/// dictionary with <c>descr</c>, <c>fortran_order</c> and <c>shape</c>.
/// </summary>
internal static partial class NpyHeader
{
    private const int MaxHeaderLength = 64 * 1024;
    private const int MaxRank = 8;

    /// <summary>Reads the header.</summary>
    /// <param name="stream">At the front of the file.</param>
    /// <exception cref="InvalidDataException">This is not an npy file that is read; the message says why, without the file's name.</exception>
    /// <exception cref="EndOfStreamException">The file ends within the header.</exception>
    public static ArrayHeader Read(Stream stream)
    {
        Span<byte> front = stackalloc byte[8];
        stream.ReadExactly(front);
        if (!front[..6].SequenceEqual(Magic))
        {
            throw new InvalidDataException("an npy file begins with \\x93NUMPY");
        }

        int version = front[6];
        if (version is not (1 or 2 or 3))
        {
            throw new InvalidDataException($"version {version}.{front[7]} of npy is not known");
        }

        Span<byte> lengthBytes = stackalloc byte[version == 1 ? 2 : 4];
        stream.ReadExactly(lengthBytes);
        var length = version == 1
            ? BinaryPrimitives.ReadUInt16LittleEndian(lengthBytes)
            : BinaryPrimitives.ReadUInt32LittleEndian(lengthBytes);
        if (length > MaxHeaderLength)
        {
            throw new InvalidDataException($"a header of {length} bytes; at most {MaxHeaderLength} are read");
        }

        var bytes = new byte[length];
        stream.ReadExactly(bytes);
        var text = (version == 3 ? Encoding.UTF8 : Encoding.Latin1).GetString(bytes);
        return Parse(text, front.Length + lengthBytes.Length + bytes.Length);
    }

    /// <summary>Reads the header; null where none is here.</summary>
    public static ArrayHeader? TryRead(Stream stream)
    {
        try
        {
            return Read(stream);
        }
        catch (Exception failure) when (failure is InvalidDataException or EndOfStreamException)
        {
            return null;
        }
    }

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    private static ArrayHeader Parse(string text, int length)
    {
        var descr = DescrPattern().Match(text);
        var order = OrderPattern().Match(text);
        var shape = ShapePattern().Match(text);
        if (!descr.Success || !order.Success || !shape.Success)
        {
            throw new InvalidDataException("the header does not say descr, fortran_order and shape of a plain array");
        }

        var extents = shape.Groups[1].Value.Split(
            ',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (extents.Length is 0 or > MaxRank)
        {
            throw new InvalidDataException($"{extents.Length} axes; npy files have 1 to {MaxRank} here");
        }

        // In an array of one axis both orders are the same.
        if (order.Groups[1].Value == "True" && extents.Length > 1)
        {
            throw new InvalidDataException(
                "the array is in Fortran order; save it with numpy.save(file, numpy.ascontiguousarray(array))");
        }

        var type = descr.Groups[2].Value switch
        {
            "f2" => ElementType.Float16,
            "f4" => ElementType.Float,
            "f8" => ElementType.Double,
            "u1" => ElementType.UInt8,
            "i1" => ElementType.Int8,
            "u2" => ElementType.UInt16,
            "i2" => ElementType.Int16,
            "u4" => ElementType.UInt32,
            "i4" => ElementType.Int32,
            "i8" => ElementType.Int64,
            "b1" => ElementType.Bool,
            var other => throw new InvalidDataException($"elements of type {other} are not read; use f4, u1 or i8"),
        };
        var builder = ImmutableArray.CreateBuilder<int>(extents.Length);
        foreach (var extent in extents)
        {
            // Python 2 wrote long integers with an L.
            builder.Add(int.TryParse(extent.TrimEnd('L'), NumberStyles.None, CultureInfo.InvariantCulture, out var value)
                ? value
                : throw new InvalidDataException($"'{extent}' is not an extent that is read"));
        }

        return new ArrayHeader(type, descr.Groups[1].Value == ">", builder.MoveToImmutable(), length);
    }

    [GeneratedRegex("""['"]descr['"]\s*:\s*['"]([<>|=])([a-zA-Z][0-9]*)['"]""")]
    private static partial Regex DescrPattern();

    [GeneratedRegex("""['"]fortran_order['"]\s*:\s*(True|False)""")]
    private static partial Regex OrderPattern();

    [GeneratedRegex("""['"]shape['"]\s*:\s*\(([0-9L,\s]*)\)""")]
    private static partial Regex ShapePattern();
}
