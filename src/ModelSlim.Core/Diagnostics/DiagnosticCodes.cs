using System.Collections.Immutable;
using System.Reflection;

namespace ModelSlim.Core.Diagnostics;

/// <summary>
/// Every diagnostic ModelSlim can give. First digit: 0 host and usage, 1 prune.yaml, 2 runtime, 3 lock and cache, 4 ONNX
/// file, 5 graph and pruning, 6 data and fine-tuning, 7 verification, 8 MSBuild, 9 internal.
/// </summary>
public static class DiagnosticCodes
{
    // 4: ONNX file.

    /// <summary>The model file does not exist.</summary>
    public static readonly DiagnosticDescriptor ModelMissing = new(
        "MSLIM4001", Severity.Error, ExitCode.ModelUnsupported, "Model file not found", "Check the path; with Git LFS, run git lfs pull.");

    // 5: graph and pruning.

    /// <summary>No plan reaches the target.</summary>
    public static readonly DiagnosticDescriptor TargetUnreachable = new(
        "MSLIM5001", Severity.Error, ExitCode.ModelUnsupported, "Target cannot be met", "Ask for less, raise prune.max_ratio, or ignore fewer parts.");

    // 9: internal.

    /// <summary>A bug.</summary>
    public static readonly DiagnosticDescriptor Internal = new(
        "MSLIM9001", Severity.Error, ExitCode.Internal, "Internal error", "Report it, with the output of -v diag.");

    /// <summary>All of them, by code.</summary>
    public static ImmutableArray<DiagnosticDescriptor> All { get; } =
    [
        .. typeof(DiagnosticCodes)
            .GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(field => field.FieldType == typeof(DiagnosticDescriptor))
            .Select(field => (DiagnosticDescriptor)field.GetValue(null)!)
            .OrderBy(descriptor => descriptor.Code, StringComparer.Ordinal),
    ];
}
