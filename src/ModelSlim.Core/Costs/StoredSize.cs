namespace ModelSlim.Core.Costs;

/// <summary>How large a stored tensor is; elements of less than a byte share bytes.</summary>
/// <param name="Elements">Number of its elements.</param>
/// <param name="Bytes">Bytes that they take.</param>
internal sealed record StoredSize(long Elements, long Bytes)
{
    /// <summary>The tensor with another number of elements.</summary>
    public StoredSize With(long elements) => new(elements, Elements == 0 ? 0 : (long)Math.Ceiling((double)Bytes / Elements * elements));

    /// <summary>Bytes that fewer elements save.</summary>
    public long Saved(long elements) => Bytes - With(elements).Bytes;
}
