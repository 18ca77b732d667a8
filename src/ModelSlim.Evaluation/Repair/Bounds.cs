namespace ModelSlim.Evaluation.Repair;

/// <summary>Bounds of a clipping activation: Relu is [0, infinity), Clip(0, 6) is [0, 6], none is unbounded.</summary>
/// <param name="Lower">Least value.</param>
/// <param name="Upper">Largest value.</param>
internal readonly record struct Bounds(float Lower, float Upper)
{
    /// <summary>No activation.</summary>
    public static Bounds None { get; } = new(float.NegativeInfinity, float.PositiveInfinity);

    /// <summary>True where every value passes unchanged.</summary>
    public bool IsNone => float.IsNegativeInfinity(Lower) && float.IsPositiveInfinity(Upper);

    /// <summary>The activation.</summary>
    public double Apply(double value) => Math.Min(Math.Max(value, Lower), Upper);
}
