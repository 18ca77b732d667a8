using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace ModelSlim.Build;

/// <summary>Tells MSBuild what the tool said, and keeps what the build needs to know.</summary>
/// <param name="log">Where messages go.</param>
internal sealed class ToolEventLog(TaskLoggingHelper log)
{
    private const string FolderRecipe = "prune.yaml";
    private const string OfRecipes = "MSLIM1";

    private readonly SortedSet<string> _inputs = new(StringComparer.Ordinal);
    // What a server on the network does is no fault of a project, however strict it is.
    private static readonly HashSet<string> NeverErrors = [RemoteSwitch.Unusable, RemoteSwitch.EntryRefused];

    private readonly List<string> _warnings = [];
    private readonly HashSet<string> _codes = new(StringComparer.Ordinal);
    private readonly List<ModelValue> _values = [];
    private string _stage = "";

    /// <summary>The file that a diagnostic without a place belongs to.</summary>
    public string DefaultFile { get; set; } = "";

    /// <summary>File name of the model: a recipe of a folder is that of several models, and what is wrong with one of them must say with which.</summary>
    public string Model { get; set; } = "";

    /// <summary>Whether every step is shown at normal verbosity; else the first of each stage.</summary>
    public bool ShowsProgress { get; set; }

    /// <summary>Whether warnings are logged as errors.</summary>
    public bool WarningsAreErrors { get; set; }

    /// <summary>Codes that never become errors.</summary>
    public HashSet<string> NoWarn { get; set; } = [];

    /// <summary>The codes in a property such as <c>NoWarn</c>.</summary>
    public static HashSet<string> CodesOf(string property) => [.. property.Split([';', ',', ' '], StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>Files and folders that the tool said it depends on.</summary>
    public IEnumerable<string> Inputs => _inputs;

    /// <summary>Warnings that hold as long as the result does, as the tool said them.</summary>
    public IReadOnlyCollection<string> Warnings => _warnings;

    /// <summary>What goes into the model and what comes out, in the order in which the tool said it.</summary>
    public IReadOnlyList<ModelValue> Values => _values;

    /// <summary>The event that ended the run well, or null.</summary>
    public ToolEvent? Result { get; private set; }

    /// <summary>True where the tool said something of a kind.</summary>
    public bool HasSaid(string code) => _codes.Contains(code);

    /// <summary>Handles a line of output.</summary>
    /// <returns>False where it is not an event.</returns>
    public bool TryLog(string line)
    {
        if (ToolEvent.TryRead(line) is not { } said)
        {
            return false;
        }

        switch (said.Kind)
        {
            case "diagnostic":
                LogDiagnostic(said);
                if (said.Text("severity") == "warning" && KeptWarnings.Holds(said.Text("code")))
                {
                    _warnings.Add(line);
                }

                break;
            case "progress":
                LogProgress(said);
                break;
            case "input":
                _inputs.Add(said.Text("path"));
                break;
            case "value":
                _values.Add(new ModelValue(said, line));
                break;
            case "result":
                Result = said;
                LogResult(said);
                break;
            default:
                log.LogMessage(MessageImportance.Low, "{0}", line);
                break;
        }

        return true;
    }

    /// <summary>Logs an error of the build's own.</summary>
    /// <returns>False, so that the caller can fail with it.</returns>
    public bool Error(string code, string file, string message)
    {
        log.LogError(null, code, null, file, 0, 0, 0, 0, "{0}", message);
        return false;
    }

    /// <summary>Logs a warning of the build's own, as an error where warnings are.</summary>
    public void Warning(string code, string file, string message)
    {
        if (WarningsAreErrors && !NoWarn.Contains(code))
        {
            Error(code, file, message);
            return;
        }

        log.LogWarning(null, code, null, file, 0, 0, 0, 0, "{0}", message);
    }

    private void LogDiagnostic(ToolEvent said)
    {
        var code = said.Text("code");
        var file = said.Text("file") is { Length: > 0 } named ? named : DefaultFile;
        var (line, column) = (said.Number("line"), said.Number("column"));
        var (endLine, endColumn) = (said.Number("endLine"), said.Number("endColumn"));
        var message = Named(said.Text("message"), code, file);
        var severity = said.Text("severity");
        _codes.Add(code);
        if (severity == "error" || (severity == "warning" && WarningsAreErrors && !NoWarn.Contains(code) && !NeverErrors.Contains(code)))
        {
            log.LogError(null, code, null, file, line, column, endLine, endColumn, "{0}", message);
        }
        else if (severity == "warning")
        {
            log.LogWarning(null, code, null, file, line, column, endLine, endColumn, "{0}", message);
        }
        else
        {
            log.LogMessage(null, code, null, file, line, column, endLine, endColumn, MessageImportance.Normal, "{0}", message);
        }
    }

    // What is wrong with the recipe itself is so for all of its models.
    private string Named(string message, string code, string file) =>
        Model.Length == 0 || code.StartsWith(OfRecipes, StringComparison.Ordinal) || message.IndexOf(Model, StringComparison.Ordinal) >= 0
            || !string.Equals(Path.GetFileName(file), FolderRecipe, StringComparison.OrdinalIgnoreCase)
            ? message
            : $"{Model}: {message}";

    private void LogProgress(ToolEvent said)
    {
        var stage = said.Text("stage");
        var importance = ShowsProgress ? MessageImportance.High : stage != _stage ? MessageImportance.Normal : MessageImportance.Low;
        _stage = stage;
        var total = said.Number("total");
        var count = total > 0 ? $" {said.Number("done")}/{total}" : "";
        var left = said.Seconds("remainingSeconds") is { } seconds
            ? string.Format(CultureInfo.InvariantCulture, ", {0:0} s left", seconds)
            : "";
        var detail = said.Text("detail") is { Length: > 0 } text ? ": " + text : "";
        log.LogMessage(importance, "{0}", $"{stage}{count}{detail}{left}");
    }

    private void LogResult(ToolEvent said)
    {
        if (said.Text("output").Length == 0)
        {
            return;
        }

        var summary = said.Text("summary") is { Length: > 0 } text ? text : "done";
        log.LogMessage(MessageImportance.High, "{0}", $"{System.IO.Path.GetFileName(said.Text("output"))}: {summary} (cache {said.Text("cache")})");
    }
}
