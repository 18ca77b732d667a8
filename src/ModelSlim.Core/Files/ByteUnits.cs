using System.Collections.Immutable;

namespace ModelSlim.Core.Files;

/// <summary>Units of sizes of files.</summary>
public static class ByteUnits
{
    /// <summary>Names, and bytes in each.</summary>
    public static ImmutableArray<(string Name, double Bytes)> All { get; } =
        [("B", 1), ("kB", 1e3), ("KB", 1e3), ("MB", 1e6), ("GB", 1e9), ("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30)];
}
