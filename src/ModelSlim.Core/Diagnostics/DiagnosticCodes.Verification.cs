namespace ModelSlim.Core.Diagnostics;

/// <content>7: verification.</content>
public static partial class DiagnosticCodes
{
}
