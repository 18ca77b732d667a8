using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace ModelSlim.Benchmarks;

/// <summary>Runs <c>modelslim</c> as a process, timed, with its peak memory where the system tells it (Linux).</summary>
internal static class ToolChild
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Runs it to its end.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message is what it said.</exception>
    public static ChildRun Run(params string[] arguments)
    {
        var dotnet = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));
        var start = new ProcessStartInfo(dotnet, [Path.Combine(AppContext.BaseDirectory, "modelslim.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        var (peak, work) = (0L, TimeSpan.Zero);
        while (!process.WaitForExit(Pause))
        {
            peak = Math.Max(peak, PeakOf(process.Id));
            work = WorkOf(process) ?? work;
        }

        clock.Stop();
        return process.ExitCode == 0
            ? new ChildRun(clock.Elapsed, work, peak, output.Result)
            : throw new InvalidOperationException($"modelslim {string.Join(' ', arguments)}: {error.Result}{output.Result}");
    }

    private static TimeSpan? WorkOf(Process process)
    {
        try
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    // VmHWM is the most that was resident at once, whenever it is read.
    private static long PeakOf(int id)
    {
        try
        {
            var line = File.ReadLines($"/proc/{id}/status").FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) << 10;
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
