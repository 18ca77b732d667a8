using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace ModelSlim.Training.Worker;

/// <summary>
/// Ends the worker when its host asks for it or is gone. The host holds the other end of standard input open; it writes
/// <see cref="Stop"/> to cancel, and the operating system closes it when the host dies. The host's process is polled too,
/// because a process that the host started meanwhile may hold a copy of that end.
/// </summary>
/// <param name="host">Process id of the host.</param>
/// <param name="folder">The job's folder, which the worker removes when nobody else is left to do it.</param>
internal sealed class HostWatch(int host, string folder)
{
    /// <summary>The line that cancels the job.</summary>
    public const string Stop = "stop";

    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);

    /// <summary>Watches until the process ends.</summary>
    /// <param name="input">Standard input.</param>
    /// <param name="cancel">Cancels the job.</param>
    public void Start(Stream input, CancellationTokenSource cancel)
    {
        new Thread(() => WatchInput(input, cancel)) { IsBackground = true, Name = "host input" }.Start();
        new Thread(() => WatchProcess(cancel)) { IsBackground = true, Name = "host process" }.Start();
    }

    private void WatchInput(Stream input, CancellationTokenSource cancel)
    {
        try
        {
            using var reader = new StreamReader(input, Encoding.UTF8);
            while (reader.ReadLine() is { } line)
            {
                if (line == Stop)
                {
                    cancel.Cancel();
                }
            }
        }
        catch (IOException)
        {
            // As good as the end of the stream.
        }

        End(cancel);
    }

    private void WatchProcess(CancellationTokenSource cancel)
    {
        try
        {
            using var process = Process.GetProcessById(host);
            while (!process.HasExited)
            {
                Thread.Sleep(PollInterval);
            }
        }
        catch (Exception failure) when (failure is ArgumentException or InvalidOperationException)
        {
            // There is no such process any more.
        }
        catch (Win32Exception)
        {
            // The system does not let this process look at that one; standard input still tells.
            return;
        }

        End(cancel);
    }

    // Native code may neither hear of the cancellation nor let the process exit in good order.
    private void End(CancellationTokenSource cancel)
    {
        cancel.Cancel();
        Thread.Sleep(Grace);
        JobFolder.Remove(folder);
        using var self = Process.GetCurrentProcess();
        self.Kill();
    }
}
