using System.Runtime.InteropServices;

namespace ModelSlim.Core.Dependencies;

/// <summary>Numbers of axes, ascending, equal where the numbers are.</summary>
internal readonly struct AxisNumbers(int[] numbers) : IEquatable<AxisNumbers>
{
    /// <summary>The numbers.</summary>
    public int[] Numbers { get; } = numbers;

    /// <inheritdoc/>
    public bool Equals(AxisNumbers other) => Numbers.AsSpan().SequenceEqual(other.Numbers);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is AxisNumbers other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(MemoryMarshal.AsBytes<int>(Numbers));
        return hash.ToHashCode();
    }
}
