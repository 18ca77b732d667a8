using System.Diagnostics;
using System.Globalization;
using ModelSlim.Testing;

namespace ModelSlim.Benchmarks;

/// <summary>Runs <c>modelslim</c> as a process, timed, with its peak memory where the system tells it (Linux).</summary>
internal static class ToolChild
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Runs it to its end.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message is what it said.</exception>
    public static ChildRun Run(params string[] arguments)
    {
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(ToolStart.Of(arguments))!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        var (peak, own, work) = (0L, 0L, TimeSpan.Zero);
        while (!process.WaitForExit(Pause))
        {
            var now = MemoryOf(process.Id);
            (peak, own) = (Math.Max(peak, now.Peak), Math.Max(own, now.Own));
            work = WorkOf(process) ?? work;
        }

        clock.Stop();
        return process.ExitCode == 0
            ? new ChildRun(clock.Elapsed, work, peak, own, output.Result)
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
    private static (long Peak, long Own) MemoryOf(int id)
    {
        try
        {
            var lines = File.ReadAllLines($"/proc/{id}/status");
            return (Bytes(lines, "VmHWM:"), Bytes(lines, "RssAnon:"));
        }
        catch (IOException)
        {
            return (0, 0);
        }
    }

    private static long Bytes(string[] lines, string name) => Array.Find(lines, line => line.StartsWith(name, StringComparison.Ordinal)) is { } line
        ? long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) << 10
        : 0;
}
