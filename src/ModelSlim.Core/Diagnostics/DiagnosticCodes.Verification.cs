namespace ModelSlim.Core.Diagnostics;

/// <content>7: verification.</content>
public static partial class DiagnosticCodes
{
    /// <summary>The slim model does not do what the masked original does.</summary>
    public static readonly DiagnosticDescriptor CutUnproven = new(
        "MSLIM7001", Severity.Error, ExitCode.ModelUnsupported, "Slim model differs from the masked original", "The original is left as it is; report it, with the model if you can.");
}
