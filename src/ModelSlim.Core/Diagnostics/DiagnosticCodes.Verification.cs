namespace ModelSlim.Core.Diagnostics;

/// <content>7: verification.</content>
public static partial class DiagnosticCodes
{
    /// <summary>The slim model does not do what the masked original does.</summary>
    public static readonly DiagnosticDescriptor CutUnproven = new(
        "MSLIM7001", Severity.Error, ExitCode.ModelUnsupported, "Slim model differs from the masked original", "The original is left as it is; report it, with the model if you can.");

    /// <summary>Nothing can be measured on the model's outputs.</summary>
    public static readonly DiagnosticDescriptor OutputUnmeasurable = new(
        "MSLIM7002", Severity.Error, ExitCode.DataUnreadable, "Output cannot be measured", "Check that the labels belong to the model's outputs.");

    /// <summary>The models compared are not two forms of one model.</summary>
    public static readonly DiagnosticDescriptor OutputsDiffer = new(
        "MSLIM7003", Severity.Error, ExitCode.ModelUnsupported, "Models do not fit each other", "Compare a model with what was made from it.");

    /// <summary>A figure is missing, which no gate needs.</summary>
    public static readonly DiagnosticDescriptor NotMeasured = new(
        "MSLIM7004", Severity.Warning, ExitCode.Done, "Slim model could not be measured", "Give data.eval; a gate of accept that needs the figure does not hold.");

    /// <summary>The metric dropped by more than the recipe accepts.</summary>
    public static readonly DiagnosticDescriptor DropTooLarge = new(
        "MSLIM7010", Severity.Error, ExitCode.GateMissed, "Metric dropped too much", "Ask for less, fine-tune longer, or raise accept.max_drop.");

    /// <summary>The slim model is not as much faster as the recipe asks.</summary>
    public static readonly DiagnosticDescriptor SpeedupTooSmall = new(
        "MSLIM7011", Severity.Error, ExitCode.GateMissed, "Slim model is not fast enough", "Ask for fewer MACs, set prune.round_to: 8 or 16, or lower accept.min_speedup.");

    /// <summary>The slim model is slower than the original, and the recipe does not say that it may be.</summary>
    public static readonly DiagnosticDescriptor SlimIsSlower = new(
        "MSLIM7014", Severity.Error, ExitCode.GateMissed, "Slim model is slower than the original", "Set prune.round_to: 16, ask for fewer MACs, or set accept.min_speedup.");

    /// <summary>No samples were given.</summary>
    public static readonly DiagnosticDescriptor MadeUpSamples = new(
        "MSLIM7013", Severity.Warning, ExitCode.Done, "Slimmed without samples", "Name unlabelled samples in data.calibration; a hundred pictures are enough.");

    /// <summary>A gate does not hold, and the recipe wants the original then.</summary>
    public static readonly DiagnosticDescriptor OriginalKept = new(
        "MSLIM7012", Severity.Warning, ExitCode.Done, "Original model kept", "Ask for less, or fine-tune longer.");
}
