using System.Collections.Frozen;
using System.Runtime.InteropServices;

namespace ModelSlim.Training.Runtime;

/// <summary>The GNU C++ library that this process uses.</summary>
/// <param name="Versions">Symbol versions that it defines.</param>
internal sealed record StandardLibrary(FrozenSet<string> Versions)
{
    /// <summary>Name that libraries ask for.</summary>
    public const string Name = "libstdc++.so.6";

    /// <summary>Highest version of the form <c>GLIBCXX_3.4.30</c>; null where there is none.</summary>
    public string? Highest => Versions
        .Select(version => version.StartsWith("GLIBCXX_", StringComparison.Ordinal)
            && Version.TryParse(version.AsSpan("GLIBCXX_".Length), out var number) ? number : null)
        .Max() is { } highest ? $"GLIBCXX_{highest}" : null;

    /// <summary>Finds the library as the loader does. Linux only.</summary>
    /// <returns>Null where there is none.</returns>
    public static StandardLibrary? Detect()
    {
        if (!OperatingSystem.IsLinux() || !NativeLibrary.TryLoad(Name, out _))
        {
            return null;
        }

        // address perms offset dev inode path
        var path = File.ReadLines("/proc/self/maps")
            .Select(line => line.Split(' ', 6, StringSplitOptions.RemoveEmptyEntries))
            .Where(fields => fields.Length == 6)
            .Select(fields => fields[5])
            .FirstOrDefault(file => Path.GetFileName(file).StartsWith("libstdc++.so.6", StringComparison.Ordinal));
        return path is null || !File.Exists(path)
            ? null
            : new StandardLibrary(new ElfImage(File.ReadAllBytes(path)).Definitions.ToFrozenSet());
    }
}
