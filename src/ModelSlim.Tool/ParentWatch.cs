using System.ComponentModel;
using System.Diagnostics;
using ModelSlim.Core.Diagnostics;

namespace ModelSlim.Tool;

/// <summary>
/// Ends the work when the process that asked for it is gone: a build that is killed cannot tell the processes it started.
/// </summary>
/// <param name="parent">Its process id.</param>
/// <param name="interruption">Ends the work.</param>
internal sealed class ParentWatch(int parent, Interruption interruption)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Watches until this process ends.</summary>
    public void Start() => new Thread(Watch) { IsBackground = true, Name = "parent" }.Start();

    private void Watch()
    {
        try
        {
            using var process = Process.GetProcessById(parent);
            while (!process.HasExited)
            {
                Thread.Sleep(Interval);
            }
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException)
        {
            // There is no such process any more.
        }
        catch (Win32Exception)
        {
            // The system does not let this process look at that one.
            return;
        }

        interruption.End(ExitCode.Terminated);
    }
}
