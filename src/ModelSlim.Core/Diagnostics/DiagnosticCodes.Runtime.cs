namespace ModelSlim.Core.Diagnostics;

/// <content>2: the runtime.</content>
public static partial class DiagnosticCodes
{
}
