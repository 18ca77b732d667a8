using System.Collections.Immutable;
using ModelSlim.Core.Lossless;

namespace ModelSlim.Core.Reports;

/// <summary>What a run of the pipeline did, in the words that scripts rely on. Kept beside the slim model in the store.</summary>
public sealed record SlimReport
{
    /// <summary>File name of the model, without its folder.</summary>
    public required string Model { get; init; }

    /// <summary>The original.</summary>
    public required MeasuredCost Before { get; init; }

    /// <summary>The slim model.</summary>
    public required MeasuredCost After { get; init; }

    /// <summary>The stages in order.</summary>
    public required ImmutableArray<StageReport> Stages { get; init; }

    /// <summary>Channels that stayed, and why.</summary>
    public required ImmutableArray<FrozenPart> Refusals { get; init; }

    /// <summary>Channels that went first, since they change no output.</summary>
    public ImmutableArray<LosslessRemoval> Lossless { get; init; } = [];

    /// <summary>Hash of all that decides the result; empty for a dry run.</summary>
    public string Fingerprint { get; init; } = "";

    /// <summary>How whatever was trained was computed, such as <c>cpu-portable-1</c>; empty for a dry run.</summary>
    public string Numerics { get; init; } = "";

    /// <summary>Where the result came from.</summary>
    public CacheUse Cache { get; init; } = CacheUse.Off;

    /// <summary>Warnings of the run that made the result; they hold for whoever takes it from the store, too.</summary>
    public ImmutableArray<ReportedWarning> Warnings { get; init; } = [];

    /// <summary>How fine-tuning went; null where there was none.</summary>
    public FineTuneReport? FineTune { get; init; }

    /// <summary>How many weights are zero; null where the method removes channels.</summary>
    public SparsityReport? Sparsity { get; init; }

    /// <summary>The early exit; null where the method makes none.</summary>
    public EarlyExitReport? EarlyExit { get; init; }

    /// <summary>What was checked on the result; null for a dry run.</summary>
    public VerificationReport? Verification { get; init; }

    /// <summary>True where a gate was missed and the original is shipped instead.</summary>
    public bool KeptOriginal { get; init; }
}
