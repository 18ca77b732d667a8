namespace ModelSlim.Evaluation.Repair;

/// <summary>Rows of numbers, row-major.</summary>
/// <param name="Data">The numbers.</param>
/// <param name="Count">How many rows.</param>
/// <param name="Columns">How long each row is.</param>
internal sealed record Rows(float[] Data, int Count, int Columns)
{
    /// <summary>Makes rows of zeros.</summary>
    public static Rows Of(int count, int columns) => new(new float[checked(count * columns)], count, columns);

    /// <summary>One row.</summary>
    public Span<float> this[int row] => Data.AsSpan(row * Columns, Columns);
}
