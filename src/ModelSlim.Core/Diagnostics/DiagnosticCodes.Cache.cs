namespace ModelSlim.Core.Diagnostics;

/// <content>3: lock and cache.</content>
public static partial class DiagnosticCodes
{
    /// <summary>The store's folder cannot be written; what is in it is still used.</summary>
    public static readonly DiagnosticDescriptor StoreNotWritable = new(
        "MSLIM3011", Severity.Warning, ExitCode.DataUnreadable, "Store cannot be written", "Choose another folder with --cache-dir or ModelSlimCacheDirectory.");

    /// <summary>The store's file system has no locks, so that builds at the same time may do the same work.</summary>
    public static readonly DiagnosticDescriptor StoreWithoutLocks = new(
        "MSLIM3012", Severity.Note, ExitCode.DataUnreadable, "Store cannot be locked", "Put the store on a local disk to make concurrent builds wait for each other.");

    /// <summary>An entry of the store is not what was put there.</summary>
    public static readonly DiagnosticDescriptor StoreEntryDamaged = new(
        "MSLIM3013", Severity.Warning, ExitCode.DataUnreadable, "Store entry is damaged", "Nothing to do: the result is made anew. If it happens again, check the disk.");

    /// <summary>A result could not be put into the store.</summary>
    public static readonly DiagnosticDescriptor StoreWriteFailed = new(
        "MSLIM3014", Severity.Warning, ExitCode.DataUnreadable, "Result could not be stored", "Check the free space of the disk.");

    /// <summary>How far a training is could not be written.</summary>
    public static readonly DiagnosticDescriptor CheckpointNotWritten = new(
        "MSLIM3016", Severity.Warning, ExitCode.DataUnreadable, "Checkpoint could not be written", "Check the free space of the disk.");

    /// <summary>The variable that limits the store is not a size.</summary>
    public static readonly DiagnosticDescriptor StoreSizeInvalid = new(
        "MSLIM3017", Severity.Warning, ExitCode.CommandLine, "Size of the store is not understood", "Set MODELSLIM_CACHE_MAX_SIZE to a size such as 20GiB, or to none.");

    /// <summary>A look at everything in the store found damage.</summary>
    public static readonly DiagnosticDescriptor StoreDamaged = new(
        "MSLIM3018", Severity.Error, ExitCode.DataUnreadable, "Store has damaged entries", "They are set aside and made anew when they are needed. If it happens again, check the disk.");

    /// <summary>Nothing could be removed from the store.</summary>
    public static readonly DiagnosticDescriptor StoreNotCollected = new(
        "MSLIM3019", Severity.Error, ExitCode.DataUnreadable, "Nothing could be removed from the store", "Try again when no build is running, as a user who may write the store.");

    /// <summary>Only stored results are wanted, and there is none.</summary>
    public static readonly DiagnosticDescriptor StoreMiss = new(
        "MSLIM3020", Severity.Error, ExitCode.Failed, "Result is not in the store", "Run once without --cache-only, or in a build with ModelSlimMode=Auto, or share a store.");

    /// <summary>What a result is made from changed while it was made.</summary>
    public static readonly DiagnosticDescriptor InputsChanged = new(
        "MSLIM3021", Severity.Error, ExitCode.Failed, "Model or data changed meanwhile", "Build again.");

    /// <summary>The remote cache does not answer as it should; the run goes on without it.</summary>
    public static readonly DiagnosticDescriptor RemoteUnusable = new(
        "MSLIM3022", Severity.Warning, ExitCode.DataUnreadable, "Remote cache cannot be used", "Nothing to do: results are made here. Check the address, the network and the credentials, or build with --offline.");

    /// <summary>What the remote cache has for a key is not taken.</summary>
    public static readonly DiagnosticDescriptor RemoteEntryRefused = new(
        "MSLIM3023", Severity.Warning, ExitCode.DataUnreadable, "Entry of the remote cache is not taken", "Nothing to do: the result is made here. If it happens again, find out who writes to the remote cache.");

    /// <summary>What is set for the remote cache cannot be used.</summary>
    public static readonly DiagnosticDescriptor RemoteSettingInvalid = new(
        "MSLIM3024", Severity.Warning, ExitCode.CommandLine, "Setting of the remote cache is not understood", "Correct --remote-cache, ModelSlimRemoteCache or the variable that the message names.");

    /// <summary>Results were to be copied to or from the remote cache, and were not.</summary>
    public static readonly DiagnosticDescriptor RemoteNotCopied = new(
        "MSLIM3025", Severity.Error, ExitCode.DataUnreadable, "Results were not copied", "See the messages before it.");
}
