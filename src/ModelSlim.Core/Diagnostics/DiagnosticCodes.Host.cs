namespace ModelSlim.Core.Diagnostics;

/// <content>0: the host and its usage.</content>
public static partial class DiagnosticCodes
{
}
