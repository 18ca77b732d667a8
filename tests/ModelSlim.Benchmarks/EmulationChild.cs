using System.Diagnostics;

namespace ModelSlim.Benchmarks;

/// <summary>Runs <c>ModelSlim.Emulation</c>, which starts processes of its own in the numerics classes; it prints where we print.</summary>
internal static class EmulationChild
{
    /// <summary>Runs it.</summary>
    /// <returns>Its exit code.</returns>
    public static int Run(params string[] arguments)
    {
        var output = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);
        var configuration = Path.GetFileName(Path.GetDirectoryName(output)!);
        var program = Path.GetFullPath(Path.Combine(
            output, "..", "..", "..", "..", "ModelSlim.Emulation", "bin", configuration, Path.GetFileName(output), "ModelSlim.Emulation.dll"));
        using var process = Process.Start("dotnet", ["exec", program, .. arguments]);
        process.WaitForExit();
        return process.ExitCode;
    }
}
