namespace ModelSlim.Evaluation.Sessions;

/// <summary>
/// Bytes that begin where ONNX Runtime's own arrays do, so that a value that one run put out can be fed to another without a copy. Of
/// what is small, a copy costs nothing.
/// </summary>
internal static class AlignedBytes
{
    /// <summary>Address of which ONNX Runtime's arrays begin at multiples.</summary>
    public const int Alignment = 64;

    private const int Worth = 1 << 16;

    /// <summary>A copy.</summary>
    public static unsafe ReadOnlyMemory<byte> Copy(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Worth)
        {
            return bytes.ToArray();
        }

        var array = GC.AllocateUninitializedArray<byte>(bytes.Length + Alignment - 1, pinned: true);
        fixed (byte* start = array)
        {
            var copy = array.AsMemory((int)((Alignment - ((nint)start % Alignment)) % Alignment), bytes.Length);
            bytes.CopyTo(copy.Span);
            return copy;
        }
    }
}
