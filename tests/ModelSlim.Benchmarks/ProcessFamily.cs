using System.Diagnostics;
using System.Globalization;

namespace ModelSlim.Benchmarks;

/// <summary>A process with all that it starts, directly and not, in a session and a group of its own. Linux only.</summary>
internal sealed class ProcessFamily : IDisposable
{
    /// <summary>Where <c>/proc/ID/stat</c> has the session, counted after the name, which is in parentheses.</summary>
    private const int SessionField = 3;

    private readonly Process _first;

    /// <summary>Starts the first one; what it writes is read and dropped.</summary>
    public ProcessFamily(ProcessStartInfo start)
    {
        var arguments = new[] { start.FileName }.Concat(start.ArgumentList).ToArray();
        start.FileName = "setsid";
        start.ArgumentList.Clear();
        Array.ForEach(arguments, start.ArgumentList.Add);
        _first = Process.Start(start)!;
        _first.BeginOutputReadLine();
        _first.BeginErrorReadLine();
    }

    /// <summary>True once the first one ended.</summary>
    public bool HasEnded => _first.HasExited;

    /// <summary>Command lines of those that run.</summary>
    public IReadOnlyList<string> Members()
    {
        var found = new List<string>();
        var session = _first.Id.ToString(CultureInfo.InvariantCulture);
        foreach (var folder in Directory.EnumerateDirectories("/proc").Where(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0])))
        {
            try
            {
                var state = File.ReadAllText(Path.Combine(folder, "stat"));
                if (state[(state.LastIndexOf(')') + 2)..].Split(' ')[SessionField] == session)
                {
                    found.Add(File.ReadAllText(Path.Combine(folder, "cmdline")).Replace('\0', ' '));
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It ended meanwhile, or is another user's.
            }
        }

        // What is left of a process that ended, and whose parent has not asked for it yet, has no command line.
        return [.. found.Where(line => line.Length > 0)];
    }

    /// <summary>Kills with a signal that nobody can catch.</summary>
    /// <param name="all">All of the group at once; else the first one alone.</param>
    /// <param name="cancellation">Ends the wait for its end.</param>
    public async Task KillAsync(bool all, CancellationToken cancellation)
    {
        var id = _first.Id.ToString(CultureInfo.InvariantCulture);
        using (var kill = Process.Start(new ProcessStartInfo("kill", ["-KILL", "--", all ? "-" + id : id]) { RedirectStandardError = true })!)
        {
            // What it says is that the process ended already.
            await kill.WaitForExitAsync(cancellation);
        }

        await _first.WaitForExitAsync(cancellation);
    }

    /// <summary>Waits until none of some of it runs.</summary>
    /// <param name="who">Tells by the command line who must be gone.</param>
    /// <param name="patience">How long at most.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>False where somebody still does after that time.</returns>
    public async Task<bool> IsGoneAfterAsync(Func<string, bool> who, TimeSpan patience, CancellationToken cancellation)
    {
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < patience; await Task.Delay(100, cancellation))
        {
            if (!Members().Any(who))
            {
                return true;
            }
        }

        return false;
    }

    /// <inheritdoc/>
    public void Dispose() => _first.Dispose();
}
