namespace ModelSlim.Core.Diagnostics;

/// <content>5: graph and pruning.</content>
public static partial class DiagnosticCodes
{
    /// <summary>No plan reaches the target.</summary>
    public static readonly DiagnosticDescriptor TargetUnreachable = new(
        "MSLIM5001", Severity.Error, ExitCode.ModelUnsupported, "Target cannot be met", "Ask for less, raise prune.max_ratio, or ignore fewer parts.");

    /// <summary>A glob of prune.ignore names nothing.</summary>
    public static readonly DiagnosticDescriptor IgnoreMatchesNothing = new(
        "MSLIM5002", Severity.Error, ExitCode.Recipe, "prune.ignore matches nothing", "Correct the glob; modelslim inspect lists the names.");

    /// <summary>The plan was made for another model.</summary>
    public static readonly DiagnosticDescriptor PlanMismatch = new(
        "MSLIM5003", Severity.Error, ExitCode.ModelUnsupported, "Plan does not fit the model", "Make the plan anew with modelslim plan.");

    /// <summary>The plan file cannot be read.</summary>
    public static readonly DiagnosticDescriptor PlanUnreadable = new(
        "MSLIM5004", Severity.Error, ExitCode.Failed, "Plan cannot be read", "Make the plan anew with modelslim plan.");

    /// <summary>A group's cut does not give the masked original, so that the group stays whole.</summary>
    public static readonly DiagnosticDescriptor GroupUnproven = new(
        "MSLIM5005", Severity.Warning, ExitCode.Done, "Cut could not be proven", "The rest is slimmed; report it, with the model if you can.");

    /// <summary>Channels, or single weights, could not be scored from samples, so that weights alone decide.</summary>
    public static readonly DiagnosticDescriptor ScoredByMagnitude = new(
        "MSLIM5006", Severity.Warning, ExitCode.Done, "Scored by magnitude", "Give samples in data.calibration, or set prune.criterion: magnitude.");

    /// <summary>The model is nothing that samples can leave early.</summary>
    public static readonly DiagnosticDescriptor ExitUnsupported = new(
        "MSLIM5007", Severity.Error, ExitCode.ModelUnsupported, "Model cannot be left early", "Use method: channels; method: dynamic is for classifiers with one output [N, classes].");

    /// <summary>No early exit was found that is fast enough and keeps the metric.</summary>
    public static readonly DiagnosticDescriptor NoExitPays = new(
        "MSLIM5008", Severity.Error, ExitCode.GateMissed, "No early exit pays", "Allow a larger accept.max_drop or target.latency, give more samples, or use method: channels.");

    /// <summary>No early exit was found that is worth it, but what other methods made of the model is fast enough without one.</summary>
    public static readonly DiagnosticDescriptor ExitLeftOut = new(
        "MSLIM5009", Severity.Note, ExitCode.Done, "Early exit left out", "Nothing needs to be done; take dynamic out of method, or give it more samples.");

    /// <summary>A pattern N:M, or blocks, fit too few layers for what was asked.</summary>
    public static readonly DiagnosticDescriptor PatternFitsFew = new(
        "MSLIM5010", Severity.Warning, ExitCode.Done, "Pattern fits few layers", "Set prune.round_to to a multiple of the pattern where channels go first, or use method: unstructured.");

    /// <summary>The repair could not be done, or did not help; the model is as cutting left it.</summary>
    public static readonly DiagnosticDescriptor RepairSkipped = new(
        "MSLIM5040", Severity.Warning, ExitCode.Done, "Repair left out", "Nothing needs to be done; fine-tuning can still help.");

    /// <summary>Layers were cut that work on what was found, so that there is nothing to fit them to.</summary>
    public static readonly DiagnosticDescriptor NotHealed = new(
        "MSLIM5041", Severity.Warning, ExitCode.Done, "Layers behind a choice are not healed", "Put them in prune.ignore where the result is not good enough.");
}
