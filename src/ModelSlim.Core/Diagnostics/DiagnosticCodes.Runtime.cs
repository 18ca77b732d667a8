namespace ModelSlim.Core.Diagnostics;

/// <content>2: runtime.</content>
public static partial class DiagnosticCodes
{
    /// <summary>There is no libtorch for this machine.</summary>
    public static readonly DiagnosticDescriptor RuntimeUnsupported = new(
        "MSLIM2001", Severity.Error, ExitCode.RuntimeMissing, "No libtorch for this machine", "Fine-tune on linux-x64, win-x64 or osx-arm64 and share the result, or prune without fine-tuning.");

    /// <summary>libtorch is not on this machine and must not be fetched.</summary>
    public static readonly DiagnosticDescriptor LibTorchMissing = new(
        "MSLIM2002", Severity.Error, ExitCode.RuntimeMissing, "libtorch is missing", "Run once without --offline, or set MODELSLIM_LIBTORCH_DIR.");

    /// <summary>libtorch could not be fetched.</summary>
    public static readonly DiagnosticDescriptor LibTorchFetchFailed = new(
        "MSLIM2003", Severity.Error, ExitCode.RuntimeMissing, "libtorch could not be fetched", "Check the NuGet sources; the package is libtorch-cpu-RID.");

    /// <summary>The named folder does not hold libtorch.</summary>
    public static readonly DiagnosticDescriptor LibTorchFolderInvalid = new(
        "MSLIM2004", Severity.Error, ExitCode.RuntimeMissing, "The named folder does not hold libtorch", "Name the folder that holds libtorch's shared libraries.");

    /// <summary>A native library cannot be loaded.</summary>
    public static readonly DiagnosticDescriptor RuntimeLoadFailed = new(
        "MSLIM2005", Severity.Error, ExitCode.RuntimeMissing, "libtorch cannot be loaded", "Run modelslim doctor.");

    /// <summary>The system's C++ library is older than libtorch needs.</summary>
    public static readonly DiagnosticDescriptor SystemTooOld = new(
        "MSLIM2006", Severity.Error, ExitCode.RuntimeMissing, "The system is too old for libtorch", "Use a system with GCC 12 or newer.");

    /// <summary>The CPU cannot hold the numerics class.</summary>
    public static readonly DiagnosticDescriptor CpuUnsupported = new(
        "MSLIM2007", Severity.Error, ExitCode.RuntimeMissing, "The CPU lacks AVX2", "Set finetune.numerics: floor, train on another machine and share the result, or prune without training.");

    /// <summary>libtorch does not compute as it was told to.</summary>
    public static readonly DiagnosticDescriptor NumericsNotHeld = new(
        "MSLIM2008", Severity.Error, ExitCode.RuntimeMissing, "The numerics class does not hold", "Run modelslim doctor; use the libtorch that ModelSlim fetches.");

    /// <summary>The training process ended without an answer.</summary>
    public static readonly DiagnosticDescriptor WorkerDied = new(
        "MSLIM2009", Severity.Error, ExitCode.Failed, "The training process died", "Set a smaller finetune.batch; run modelslim doctor.");

    /// <summary>The training process cannot be started.</summary>
    public static readonly DiagnosticDescriptor WorkerUnstartable = new(
        "MSLIM2010", Severity.Error, ExitCode.RuntimeMissing, "The training process cannot be started", "Set DOTNET_HOST_PATH to the dotnet program.");

    /// <summary>The training process went silent.</summary>
    public static readonly DiagnosticDescriptor WorkerStalled = new(
        "MSLIM2011", Severity.Error, ExitCode.Failed, "The training process stalled", "Set a smaller finetune.batch; run modelslim doctor.");
}
