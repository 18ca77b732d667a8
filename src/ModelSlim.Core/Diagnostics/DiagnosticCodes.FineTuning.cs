namespace ModelSlim.Core.Diagnostics;

/// <content>6, second part: fine-tuning.</content>
public static partial class DiagnosticCodes
{
    /// <summary>No kernel runs a node in torch.</summary>
    public static readonly DiagnosticDescriptor NodeNotTrainable = new(
        "MSLIM6101", Severity.Error, ExitCode.ModelUnsupported, "Node cannot be trained through", "Remove finetune, or ask for the operator.");

    /// <summary>Training went astray.</summary>
    public static readonly DiagnosticDescriptor LossDiverged = new(
        "MSLIM6102", Severity.Error, ExitCode.Failed, "Training diverged", "Lower the learning rate, and check data.preprocess.");

    /// <summary>Labels that the model has no outputs for.</summary>
    public static readonly DiagnosticDescriptor LabelsUnfit = new(
        "MSLIM6103", Severity.Error, ExitCode.DataUnreadable, "Labels do not fit the model", "Check that data.train belongs to this model.");

    /// <summary>An output is not one row a sample, or no output holds floating-point numbers.</summary>
    public static readonly DiagnosticDescriptor OutputsNotBatched = new(
        "MSLIM6104", Severity.Error, ExitCode.ModelUnsupported, "Outputs cannot be trained on", "Remove finetune; the repair without labels still works.");

    /// <summary>Samples that are no pictures, or smaller ones than they are to be moved.</summary>
    public static readonly DiagnosticDescriptor AugmentUnfit = new(
        "MSLIM6105", Severity.Error, ExitCode.Recipe, "Pictures cannot be changed so", "Change or remove finetune.augment.");
}
