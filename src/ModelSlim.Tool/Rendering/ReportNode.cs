using System.Text.Json;
using System.Text.Json.Nodes;
using ModelSlim.Core.Reports;

namespace ModelSlim.Tool.Rendering;

/// <summary>Reports as JSON objects, to which a verb can add what it alone knows.</summary>
internal static class ReportNode
{
    /// <summary>The report in the form of report files.</summary>
    public static JsonObject Of<T>(T report) => JsonSerializer.SerializeToNode(report, ReportJson.Options)!.AsObject();
}
