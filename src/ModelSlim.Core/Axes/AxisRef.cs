namespace ModelSlim.Core.Axes;

/// <summary>One axis of one value.</summary>
/// <param name="Value">Name of the value.</param>
/// <param name="Axis">The axis, counted from 0.</param>
public readonly record struct AxisRef(string Value, int Axis) : IComparable<AxisRef>
{
    /// <summary>Orders by name, ordinally, then by axis.</summary>
    public int CompareTo(AxisRef other)
    {
        var byName = string.CompareOrdinal(Value, other.Value);
        return byName != 0 ? byName : Axis.CompareTo(other.Axis);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Value}[{Axis}]";
}
