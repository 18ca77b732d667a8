using System.Collections.Frozen;
using ModelSlim.Training.Runtime;

namespace ModelSlim.Training.Worker;

/// <summary>
/// The environment of the worker. Results and even an end depend on variables that people have in their shells
/// (<c>OMP_DYNAMIC</c> lets libtorch hang, <c>MKL_CBWR</c> and <c>GLIBC_TUNABLES</c> change bits, <c>LD_PRELOAD</c> anything),
/// so only what the operating system needs to find folders and libraries is passed on.
/// </summary>
internal static class WorkerEnvironment
{
    private static readonly FrozenSet<string> Passed = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "PATH", "HOME", "USER", "LOGNAME", "TMPDIR", "TEMP", "TMP", "XDG_CACHE_HOME", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH",
        "SystemRoot", "SystemDrive", "windir", "ComSpec", "PATHEXT", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "ProgramData",
        "ProgramFiles", "PROCESSOR_ARCHITECTURE", "NUMBER_OF_PROCESSORS");

    // glibc gives every large block back to the system at once, and the next step faults all its pages in again: a tenth of the time.
    private static readonly FrozenDictionary<string, string> Allocation = FrozenDictionary.ToFrozenDictionary<string, string>(
    [
        new("MALLOC_MMAP_THRESHOLD_", "33554432"),
        new("MALLOC_TOP_PAD_", "67108864"),
        new("MALLOC_TRIM_THRESHOLD_", "4294967296"),
    ]);

    /// <summary>Makes the worker's variables.</summary>
    /// <param name="current">The variables of this process.</param>
    /// <param name="numerics">The class that the worker computes in.</param>
    public static IReadOnlyDictionary<string, string> For(
        IEnumerable<KeyValuePair<string, string>> current, NumericsClass numerics)
    {
        var variables = current.Where(variable => Passed.Contains(variable.Key)).ToDictionary(StringComparer.Ordinal);
        foreach (var (name, value) in numerics.Pins.Concat(Allocation))
        {
            variables[name] = value;
        }

        // Without diagnostics the runtime leaves no sockets in the temporary folder when it is killed.
        variables["DOTNET_EnableDiagnostics"] = "0";
        return variables;
    }
}
