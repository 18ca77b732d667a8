namespace ModelSlim.Core.Diagnostics;

/// <content>8: the MSBuild integration.</content>
public static partial class DiagnosticCodes
{
}
