using System.Collections.Immutable;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Core.Data;

/// <summary>An input of a model, as samples fill it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its element type; float32 where the file does not say.</param>
/// <param name="Shape">Shape of one sample, without the axis of samples where the input has one.</param>
public sealed record SampleInput(string Name, ElementType Type, ImmutableArray<int> Shape)
{
    /// <summary>Integers from here on are not all told apart in float32, in which samples are kept.</summary>
    public const int IntegerLimit = 1 << 24;

    /// <summary>Samples of a batch, where the model says how many; null where any number will do.</summary>
    public int? Batch { get; init; }

    /// <summary>True where the input has no axis of samples: all of it is one sample, and samples run one at a time.</summary>
    public bool IsWhole { get; init; }

    /// <summary>True where the elements are real numbers.</summary>
    public bool IsReal => Type is ElementType.Float or ElementType.Float16 or ElementType.BFloat16 or ElementType.Double;

    /// <summary>
    /// Least and largest integer that the input takes, both within <see cref="IntegerLimit"/>; null where it takes real numbers,
    /// or nothing that samples can hold.
    /// </summary>
    public (int Least, int Most)? Range => Type switch
    {
        ElementType.Bool => (0, 1),
        ElementType.UInt8 => (0, byte.MaxValue),
        ElementType.Int8 => (sbyte.MinValue, sbyte.MaxValue),
        ElementType.UInt16 => (0, ushort.MaxValue),
        ElementType.Int16 => (short.MinValue, short.MaxValue),
        ElementType.UInt32 or ElementType.UInt64 => (0, IntegerLimit - 1),
        ElementType.Int32 or ElementType.Int64 => (1 - IntegerLimit, IntegerLimit - 1),
        _ => null,
    };
}
