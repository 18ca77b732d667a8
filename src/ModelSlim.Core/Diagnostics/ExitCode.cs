namespace ModelSlim.Core.Diagnostics;

/// <summary>Exit codes of the <c>modelslim</c> command.</summary>
public enum ExitCode
{
    /// <summary>Done.</summary>
    Done = 0,

    /// <summary>Failed with diagnostics.</summary>
    Failed = 1,

    /// <summary>The command line is wrong.</summary>
    CommandLine = 2,

    /// <summary>prune.yaml is wrong.</summary>
    Recipe = 3,

    /// <summary>An <c>accept</c> gate was missed.</summary>
    GateMissed = 4,

    /// <summary>The lock file names another result.</summary>
    LockMismatch = 5,

    /// <summary>libtorch or another part of the runtime is missing.</summary>
    RuntimeMissing = 6,

    /// <summary>The model cannot be pruned as asked.</summary>
    ModelUnsupported = 7,

    /// <summary>Data or cache cannot be read.</summary>
    DataUnreadable = 8,

    /// <summary>A bug in ModelSlim.</summary>
    Internal = 70,

    /// <summary>Cancelled by Ctrl+C.</summary>
    Cancelled = 130,

    /// <summary>Ended by SIGTERM.</summary>
    Terminated = 143,
}
