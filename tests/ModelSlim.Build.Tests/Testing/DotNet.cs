using System.Diagnostics;
using System.Text;

namespace ModelSlim.Build.Tests.Testing;

/// <summary>Runs the SDK the way a user's shell would: without what a test run leaves in the environment.</summary>
internal sealed class DotNet(IReadOnlyDictionary<string, string> environment)
{
    public static string Host { get; } = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    public async Task<CommandResult> RunAsync(string directory, CancellationToken cancellation, params string[] arguments)
    {
        using var process = Start(directory, arguments);
        var output = new StringBuilder();
        process.OutputDataReceived += (_, e) => Append(output, e.Data);
        process.ErrorDataReceived += (_, e) => Append(output, e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await process.WaitForExitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return new CommandResult(process.ExitCode, output.ToString());
    }

    public Process Start(string directory, params string[] arguments)
    {
        var start = new ProcessStartInfo(Host, arguments)
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var name in start.Environment.Keys.Where(IsInherited).ToArray())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    private static bool IsInherited(string name) =>
        name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("MODELSLIM", StringComparison.OrdinalIgnoreCase)
        || name is "DOTNET_HOST_PATH" or "CI" or "VSTEST_HOST_DEBUG";

    private static void Append(StringBuilder output, string? line)
    {
        if (line is not null)
        {
            lock (output)
            {
                output.AppendLine(line);
            }
        }
    }
}

internal sealed record CommandResult(int ExitCode, string Output);
