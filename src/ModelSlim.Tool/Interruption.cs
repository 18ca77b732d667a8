using System.Runtime.InteropServices;
using ModelSlim.Core.Diagnostics;

namespace ModelSlim.Tool;

/// <summary>Why the work must end before it is done: Ctrl+C, SIGTERM, a parent that is gone, or no time left.</summary>
/// <param name="exit">Ends the process where the work does not hear in time; null where nothing can.</param>
internal sealed class Interruption(Action<int>? exit = null) : IDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource source = new();
    private readonly List<IDisposable> watched = [];
    private Diagnostic? reason;
    private int exitCode = (int)ExitCode.Done;

    /// <summary>Cancelled when the work must end.</summary>
    public CancellationToken Token => source.Token;

    /// <summary>What to exit with.</summary>
    public ExitCode ExitCode => (ExitCode)exitCode;

    /// <summary>What to tell the user, where there is more to it than his own wish.</summary>
    public Diagnostic? Reason => reason;

    /// <summary>Listens to the signals of the process. The second of them ends it at once.</summary>
    public void Listen()
    {
        watched.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, context => OnSignal(context, ExitCode.Cancelled)));
        watched.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => OnSignal(context, ExitCode.Terminated)));
    }

    /// <summary>Ends the work after a time.</summary>
    /// <param name="limit">The time.</param>
    /// <param name="time">The clock.</param>
    public void EndAfter(TimeSpan limit, TimeProvider time) => watched.Add(time.CreateTimer(
        _ => End(ExitCode.Failed, DiagnosticCodes.TimedOut.Says($"Not done after {limit.TotalSeconds:0} s; allow more with --timeout, or in a build with ModelSlimTimeout")),
        null,
        limit,
        Timeout.InfiniteTimeSpan));

    /// <summary>Ends the work, unless it is ending already.</summary>
    /// <returns>False where it is.</returns>
    public bool End(ExitCode code, Diagnostic? why = null)
    {
        if (Interlocked.CompareExchange(ref exitCode, (int)code, (int)ExitCode.Done) != (int)ExitCode.Done)
        {
            return false;
        }

        reason = why;
        if (exit is not null)
        {
            new Thread(() => EndHard(exit)) { IsBackground = true, Name = "end" }.Start();
        }

        source.Cancel();
        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var each in watched)
        {
            each.Dispose();
        }

        // The source is not: whoever watches a parent or the clock may still be about to end what has ended.
    }

    private void EndHard(Action<int> end)
    {
        Thread.Sleep(Grace);
        end(exitCode);
    }

    private void OnSignal(PosixSignalContext context, ExitCode code) => context.Cancel = End(code);
}
