using ModelSlim.Core.Diagnostics;

namespace ModelSlim.Training.Worker;

/// <summary>Puts the end of a worker that gave no answer into words.</summary>
internal static class WorkerEnd
{
    /// <summary>Names the reason.</summary>
    /// <param name="exitCode">Exit code; on Unix 128 and the signal's number, as the shell has it.</param>
    /// <param name="windows">True where the worker ran on Windows.</param>
    /// <param name="lastStep">The last progress that it reported; null where there was none.</param>
    /// <param name="lastLine">The last line of its standard error; null where there was none.</param>
    public static Diagnostic Describe(int exitCode, bool windows, string? lastStep, string? lastLine)
    {
        var reason = windows
            ? (uint)exitCode switch
            {
                0xC0000005 => "crashed in native code (access violation); run modelslim doctor",
                0xC000001D => "used an instruction that this CPU does not have; run modelslim doctor",
                0xC0000409 => "crashed in native code (fail fast); run modelslim doctor",
                0xC0000017 => "ran out of memory; set a smaller finetune.batch",
                _ => null,
            }
            : exitCode switch
            {
                128 + 4 => "used an instruction that this CPU does not have (SIGILL); run modelslim doctor",
                128 + 6 => "gave up in native code (SIGABRT); run modelslim doctor",
                128 + 7 => "crashed in native code (SIGBUS); run modelslim doctor",
                128 + 8 => "crashed in native code (SIGFPE); run modelslim doctor",
                128 + 9 => "was killed (SIGKILL), most likely because memory ran out; set a smaller finetune.batch",
                128 + 11 => "crashed in native code (SIGSEGV); run modelslim doctor",
                128 + 15 => "was told to end (SIGTERM)",
                _ => null,
            };
        var words = lastLine is null ? string.Empty : $" Its last words: {lastLine}";
        return DiagnosticCodes.WorkerDied.Says(
            $"the training process {reason ?? $"ended without an answer (exit code {exitCode})"}, {Place(lastStep)}.{words}");
    }

    /// <summary>Says how far it came.</summary>
    /// <param name="lastStep">The last progress that it reported; null where there was none.</param>
    public static string Place(string? lastStep) => lastStep is null ? "before it reported a step" : $"after {lastStep}";
}
