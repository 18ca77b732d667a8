using System.Collections.Immutable;
using System.Reflection;

namespace ModelSlim.Core.Diagnostics;

/// <summary>
/// Every diagnostic ModelSlim can give, a file for each first digit: 0 host and usage, 1 prune.yaml, 2 runtime, 3 lock and
/// cache, 4 ONNX file, 5 graph and pruning, 6 data and fine-tuning, 7 verification, 8 MSBuild, 9 internal.
/// </summary>
public static partial class DiagnosticCodes
{
    /// <summary>All of them, by code.</summary>
    public static ImmutableArray<DiagnosticDescriptor> All =>
    [
        .. typeof(DiagnosticCodes)
            .GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(entry => entry.FieldType == typeof(DiagnosticDescriptor))
            .Select(entry => (DiagnosticDescriptor)entry.GetValue(null)!)
            .OrderBy(descriptor => descriptor.Code, StringComparer.Ordinal),
    ];
}
