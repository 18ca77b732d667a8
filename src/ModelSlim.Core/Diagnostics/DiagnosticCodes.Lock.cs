namespace ModelSlim.Core.Diagnostics;

/// <content>The lock file.</content>
public static partial class DiagnosticCodes
{
    /// <summary>The lock file is no lock file, or not one that this version reads.</summary>
    public static readonly DiagnosticDescriptor LockUnreadable = new(
        "MSLIM3001", Severity.Error, ExitCode.DataUnreadable, "Lock file cannot be read", "Undo the edit or the merge, or delete it and write it anew with modelslim lock.");

    /// <summary>Only locked results are wanted, and the lock file names none for a model.</summary>
    public static readonly DiagnosticDescriptor LockEntryMissing = new(
        "MSLIM3002", Severity.Error, ExitCode.LockMismatch, "Model is not locked", "Run modelslim lock, or build with ModelSlimWriteLockFile=true, and commit the lock file.");

    /// <summary>What decides the result is not what it was when it was locked.</summary>
    public static readonly DiagnosticDescriptor LockOutdated = new(
        "MSLIM3003", Severity.Error, ExitCode.LockMismatch, "Lock file is out of date", "If the change is meant, run modelslim lock and commit the lock file; else undo it.");

    /// <summary>The result is not the one that is locked, though all that decides it is the same.</summary>
    public static readonly DiagnosticDescriptor LockedResultDiffers = new(
        "MSLIM3004", Severity.Error, ExitCode.LockMismatch, "Result is not the locked one", "Run modelslim doctor on both machines and compare; the message says what was expected.");

    /// <summary>The lock file could not be written.</summary>
    public static readonly DiagnosticDescriptor LockNotWritten = new(
        "MSLIM3005", Severity.Error, ExitCode.DataUnreadable, "Lock file could not be written", "Make the file and its folder writable, or lock on another machine and commit.");

    /// <summary>An artifact that was made again is another one.</summary>
    public static readonly DiagnosticDescriptor RebuildDiffers = new(
        "MSLIM3006", Severity.Error, ExitCode.LockMismatch, "Made again, the result is another one", "Check that model, recipe, data and the version of ModelSlim are those that the slim model was made with.");
}
