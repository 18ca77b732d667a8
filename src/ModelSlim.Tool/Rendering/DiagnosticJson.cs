using System.Text.Json.Nodes;
using ModelSlim.Core.Diagnostics;

namespace ModelSlim.Tool.Rendering;

/// <summary>Diagnostics as flat JSON objects.</summary>
internal static class DiagnosticJson
{
    /// <summary>Severity, code, message, and the place as far as it is known.</summary>
    public static JsonObject Of(Diagnostic diagnostic)
    {
        var json = new JsonObject
        {
            ["severity"] = Word(diagnostic.Severity),
            ["code"] = diagnostic.Code,
            ["message"] = diagnostic.Message,
        };
        if (diagnostic.Location is { } place)
        {
            json["file"] = place.File;
            if (place.Line > 0)
            {
                json["line"] = place.Line;
                json["column"] = place.Column;
            }

            if (place.EndLine > 0)
            {
                json["endLine"] = place.EndLine;
                json["endColumn"] = place.EndColumn;
            }
        }

        return json;
    }

    /// <summary>A severity as scripts and MSBuild spell it.</summary>
    public static string Word(Severity severity) => severity switch
    {
        Severity.Error => "error",
        Severity.Warning => "warning",
        _ => "note",
    };
}
