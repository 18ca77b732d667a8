namespace ModelSlim.Core.Diagnostics;

/// <content>9: bugs.</content>
public static partial class DiagnosticCodes
{
    /// <summary>A bug.</summary>
    public static readonly DiagnosticDescriptor Internal = new(
        "MSLIM9001", Severity.Error, ExitCode.Internal, "Internal error", "Report it, with the output of -v diag.");

    /// <summary>The slim model does not cost what the plan predicted.</summary>
    public static readonly DiagnosticDescriptor PlanDishonest = new(
        "MSLIM9002", Severity.Error, ExitCode.Internal, "Predicted and counted cost differ", "Report it, with the model if you can.");
}
