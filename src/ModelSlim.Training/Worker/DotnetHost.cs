using System.Runtime.InteropServices;

namespace ModelSlim.Training.Worker;

/// <summary>The <c>dotnet</c> program.</summary>
internal static class DotnetHost
{
    /// <summary>
    /// Finds the program that belongs to the runtime of this process; else the one that started this process, the one that
    /// the SDK names in <c>DOTNET_HOST_PATH</c>, or the first on the path.
    /// </summary>
    /// <param name="environment">Looks up environment variables.</param>
    public static string Find(Func<string, string?> environment)
    {
        var name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";

        // ROOT/shared/Microsoft.NETCore.App/VERSION/
        var runtime = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", name));
        var own = Environment.ProcessPath is { } path && Path.GetFileName(path) == name ? path : null;
        return new[] { runtime, own, environment("DOTNET_HOST_PATH") }.FirstOrDefault(File.Exists) ?? name;
    }
}
