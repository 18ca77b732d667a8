using System.Numerics;
using System.Runtime.InteropServices;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Training.Data;

/// <summary>Stored elements as float32, in which samples are held.</summary>
internal static class ElementConversion
{
    /// <summary>True where elements of the type are read.</summary>
    public static bool Reads(ElementType type) => type is ElementType.Float or ElementType.Double or ElementType.Float16
        or ElementType.BFloat16 or ElementType.Bool or ElementType.UInt8 or ElementType.Int8 or ElementType.UInt16
        or ElementType.Int16 or ElementType.UInt32 or ElementType.Int32 or ElementType.UInt64 or ElementType.Int64;

    /// <summary>Converts elements, rounding what float32 does not hold.</summary>
    /// <param name="type">Element type, one that <see cref="Reads"/>.</param>
    /// <param name="bytes">The elements, in the byte order of this machine.</param>
    /// <param name="target">As many numbers.</param>
    public static void ToSingles(ElementType type, ReadOnlySpan<byte> bytes, Span<float> target)
    {
        switch (type)
        {
            case ElementType.UInt8 or ElementType.Bool:
                Convert<byte>(bytes, target);
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
            case ElementType.BFloat16:
                var halves = MemoryMarshal.Cast<byte, ushort>(bytes);
                for (var i = 0; i < target.Length; i++)
                {
                    target[i] = BitConverter.UInt32BitsToSingle((uint)halves[i] << 16);
                }

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
            case ElementType.UInt64:
                Convert<ulong>(bytes, target);
                break;
            default:
                throw new InvalidOperationException($"Elements of type {type} are not read.");
        }
    }

    private static void Convert<T>(ReadOnlySpan<byte> bytes, Span<float> target)
        where T : unmanaged, INumber<T>
    {
        var values = MemoryMarshal.Cast<byte, T>(bytes);
        for (var i = 0; i < target.Length; i++)
        {
            target[i] = float.CreateTruncating(values[i]);
        }
    }
}
