namespace ModelSlim.Fuzzing;

/// <summary>One change of a file.</summary>
/// <param name="Kind">What is done.</param>
/// <param name="At">Where: a fraction of the length, of <see cref="Whole"/>.</param>
/// <param name="Near">True for a place near names and field tags, false for any.</param>
/// <param name="Size">How many bytes, or in which form a number is written.</param>
/// <param name="Value">The byte, the number, or where to take bytes from.</param>
public readonly record struct Edit(EditKind Kind, int At, bool Near, int Size, int Value)
{
    /// <summary>What <see cref="At"/> is a fraction of.</summary>
    public const int Whole = 1 << 20;
}
