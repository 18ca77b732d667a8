namespace ModelSlim.Core.Diagnostics;

/// <content>3: lock and cache.</content>
public static partial class DiagnosticCodes
{
}
