using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ModelSlim.Testing;

/// <summary>How the command is started as a process: as it lies beside the program that runs.</summary>
public static class ToolStart
{
    /// <summary>The <c>dotnet</c> that runs this program.</summary>
    public static string DotNet { get; } = Path.GetFullPath(
        Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));

    /// <summary>The command.</summary>
    public static string Tool { get; } = Path.Combine(AppContext.BaseDirectory, "modelslim.dll");

    /// <summary>A start with arguments, whose output and errors are read.</summary>
    public static ProcessStartInfo Of(params string[] arguments) => new(DotNet, [Tool, .. arguments])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    };

    /// <summary>Runs the command to its end.</summary>
    /// <returns>Exit code, standard output and standard error.</returns>
    public static Task<(int ExitCode, string Output, string Error)> RunAsync(string[] arguments, CancellationToken cancellation) =>
        RunAsync(Of(arguments), cancellation);

    /// <summary>Runs what is to be started to its end.</summary>
    /// <returns>Exit code, standard output and standard error.</returns>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(ProcessStartInfo start, CancellationToken cancellation)
    {
        using var process = Process.Start(start)!;
        try
        {
            var (output, error) = (process.StandardOutput.ReadToEndAsync(cancellation), process.StandardError.ReadToEndAsync(cancellation));
            await process.WaitForExitAsync(cancellation);
            return (process.ExitCode, await output, await error);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
