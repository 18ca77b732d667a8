using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ModelSlim.Fuzzing;

/// <summary>Processor time of the thread that asks, so that what else the machine does counts for nothing; the clock on Windows.</summary>
internal static class ThreadTime
{
    private const int OnLinux = 3;
    private const int OnMac = 16;

    /// <summary>So much up to now.</summary>
    public static TimeSpan Now => !OperatingSystem.IsWindows() && GetTime(OperatingSystem.IsLinux() ? OnLinux : OnMac, out var time) == 0
        ? TimeSpan.FromSeconds(time.Seconds) + TimeSpan.FromTicks(time.Nanoseconds / TimeSpan.NanosecondsPerTick)
        : Stopwatch.GetElapsedTime(0);

    [DllImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetTime(int clock, out Time time);

    [StructLayout(LayoutKind.Sequential)]
    private struct Time
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
