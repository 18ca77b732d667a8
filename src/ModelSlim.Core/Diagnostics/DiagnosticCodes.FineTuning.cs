namespace ModelSlim.Core.Diagnostics;

/// <content>6, second part: fine-tuning.</content>
public static partial class DiagnosticCodes
{
    /// <summary>No kernel runs a node in torch.</summary>
    public static readonly DiagnosticDescriptor NodeNotTrainable = new(
        "MSLIM6101", Severity.Error, ExitCode.ModelUnsupported, "Node cannot be trained through", "Remove finetune, or ask for the operator.");
}
