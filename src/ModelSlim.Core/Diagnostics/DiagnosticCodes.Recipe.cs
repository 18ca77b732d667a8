namespace ModelSlim.Core.Diagnostics;

/// <content>1: prune.yaml.</content>
public static partial class DiagnosticCodes
{
}
