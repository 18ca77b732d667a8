using System.Buffers.Binary;
using System.Collections.Immutable;
using ModelSlim.Core.Data;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Evaluation.Tracing;

/// <summary>What integer inputs, such as token ids, are filled with. Real inputs are always small random numbers.</summary>
internal enum IntegerFilling
{
    /// <summary>0 and 1 at random; 1 where there is one element.</summary>
    ZerosAndOnes,

    /// <summary>0.</summary>
    Zeros,

    /// <summary>1.</summary>
    Ones,

    /// <summary>16,000, a sample rate of speech, where there is one element; else 0 and 1 at random.</summary>
    Rate16000,

    /// <summary>8,000, a sample rate of telephones, where there is one element; else 0 and 1 at random.</summary>
    Rate8000,
}

/// <summary>Makes inputs that any model should accept: small, deterministic, of the right type.</summary>
internal sealed class InputFilling
{
    private const long Seed = 1;

    /// <summary>Fills one input.</summary>
    /// <param name="name">Name of the input; another name gives other numbers.</param>
    /// <param name="type">Element type; Undefined counts as Float.</param>
    /// <param name="shape">Extents.</param>
    /// <param name="integers">What integers are filled with.</param>
    /// <returns>The tensor, or null where ModelSlim makes no elements of that type.</returns>
    public TensorData? Fill(string name, ElementType type, ImmutableArray<int> shape, IntegerFilling integers)
    {
        var random = new SplitMix(Seed, $"trace/{name}");
        var count = checked((int)TensorData.Count(shape));
        switch (type)
        {
            case ElementType.Undefined or ElementType.Float or ElementType.Double or ElementType.Float16 or ElementType.BFloat16:
                var values = new float[count];
                for (var i = 0; i < count; i++)
                {
                    values[i] = random.NextSingle() - 0.5f;
                }

                var typed = type == ElementType.Undefined ? ElementType.Float : type;
                return new TensorData(typed, shape, new byte[count * TensorData.SizeOf(typed)]).WithSingles(values);
            case ElementType.Int64 or ElementType.Int32 or ElementType.UInt8 or ElementType.Int8 or ElementType.Bool
                or ElementType.Int16 or ElementType.UInt16 or ElementType.UInt32 or ElementType.UInt64:
                var size = TensorData.SizeOf(type);
                var bytes = new byte[count * size];
                for (var i = 0; i < count; i++)
                {
                    bytes[i * size] = integers switch
                    {
                        IntegerFilling.Zeros => 0,
                        IntegerFilling.Ones => 1,
                        _ => count == 1 ? (byte)1 : (byte)random.NextInt(2),
                    };
                }

                if (count == 1 && size > 1 && Rate(integers) is { } rate)
                {
                    BinaryPrimitives.WriteUInt16LittleEndian(bytes, rate);
                }

                return new TensorData(type, shape, bytes);
            default:
                return null;
        }
    }

    private static ushort? Rate(IntegerFilling integers) => integers switch
    {
        IntegerFilling.Rate16000 => 16_000,
        IntegerFilling.Rate8000 => 8_000,
        _ => null,
    };
}
