using System.Runtime.InteropServices;

namespace ModelSlim.Core.Dependencies;

/// <summary>A list of numbers, as of axes or of cells, equal where the numbers are.</summary>
internal readonly struct NumberList(int[] numbers) : IEquatable<NumberList>
{
    /// <summary>The numbers.</summary>
    public int[] Numbers { get; } = numbers;

    /// <inheritdoc/>
    public bool Equals(NumberList other) => Numbers.AsSpan().SequenceEqual(other.Numbers);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is NumberList other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(MemoryMarshal.AsBytes<int>(Numbers));
        return hash.ToHashCode();
    }
}
