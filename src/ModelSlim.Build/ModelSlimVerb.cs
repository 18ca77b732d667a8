using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace ModelSlim.Build;

/// <summary>
/// Starts one verb of <c>modelslim</c> on one model and turns its events (PROTOCOL.md) into MSBuild's errors, warnings and messages.
/// All paths are absolute.
/// </summary>
public abstract class ModelSlimVerb : ToolTask
{
    private const int KeptErrorLines = 6;

    private readonly Queue<string> _errorLines = new();

    /// <summary>Makes the task.</summary>
    private protected ModelSlimVerb()
    {
        Events = new ToolEventLog(Log);
        YieldDuringToolExecution = true;
    }

    /// <summary>The <c>dotnet</c> that runs the tool.</summary>
    [Required]
    public string DotNetHost { get; set; } = "";

    /// <summary>Path of <c>modelslim.dll</c>.</summary>
    [Required]
    public string ToolAssembly { get; set; } = "";

    /// <summary>The model as it is.</summary>
    [Required]
    public string Model { get; set; } = "";

    /// <summary>What the tool said.</summary>
    private protected ToolEventLog Events { get; }

    /// <summary>Whether the build was told to stop.</summary>
    private protected bool Cancelled { get; private set; }

    /// <summary>What was made wrong here belongs to this file.</summary>
    private protected abstract string Place { get; }

    /// <inheritdoc/>
    protected override string ToolName => Path.DirectorySeparatorChar == '\\' ? "dotnet.exe" : "dotnet";

    /// <inheritdoc/>
    protected override Encoding StandardOutputEncoding => new UTF8Encoding(false);

    /// <inheritdoc/>
    protected override Encoding StandardErrorEncoding => new UTF8Encoding(false);

    /// <inheritdoc/>
    protected override MessageImportance StandardErrorLoggingImportance => MessageImportance.Low;

    /// <inheritdoc/>
    public override void Cancel()
    {
        Cancelled = true;
        base.Cancel();
    }

    /// <inheritdoc/>
    protected override bool ValidateParameters()
    {
        Events.DefaultFile = Place;
        Events.Model = Path.GetFileName(Model);
        return File.Exists(ToolAssembly) || Events.Error(
            BuildCodes.ToolMissing, Place, $"The tool is not at '{ToolAssembly}'. Restore again, or correct ModelSlimToolPath.");
    }

    /// <inheritdoc/>
    /// <remarks>The target's inputs and outputs decide; overriding this lets <c>-question</c> say that a model is stale.</remarks>
    protected override bool SkipTaskExecution() => false;

    /// <inheritdoc/>
    protected override string GenerateFullPathToTool() => DotNetHost.Length > 0 ? DotNetHost : ToolName;

    /// <summary>The tool, a verb, the model, and what every verb must know.</summary>
    private protected CommandLineBuilder CommandLineOf(string verb)
    {
        var line = new CommandLineBuilder();
        line.AppendFileNameIfNotNull(ToolAssembly);
        line.AppendSwitch(verb);
        line.AppendFileNameIfNotNull(Model);
        line.AppendSwitch("--events jsonl");
        using var self = Process.GetCurrentProcess();
        line.AppendSwitch("--parent-pid " + self.Id.ToString(CultureInfo.InvariantCulture));
        return line;
    }

    /// <inheritdoc/>
    /// <remarks>Arguments are absolute paths of this system: a backslash in one is part of a name.</remarks>
    protected override string AdjustCommandsForOperatingSystem(string input) => input;

    /// <inheritdoc/>
    protected override void LogToolCommand(string message) => Log.LogCommandLine(MessageImportance.Low, message);

    /// <inheritdoc/>
    protected override void LogEventsFromTextOutput(string singleLine, MessageImportance messageImportance)
    {
        if (Events.TryLog(singleLine))
        {
            return;
        }

        Log.LogMessage(MessageImportance.Low, "{0}", singleLine);
        if (singleLine.Trim().Length > 0)
        {
            _errorLines.Enqueue(singleLine.Trim());
            if (_errorLines.Count > KeptErrorLines)
            {
                _errorLines.Dequeue();
            }
        }
    }

    /// <inheritdoc/>
    protected override bool HandleTaskExecutionErrors()
    {
        if (HasLoggedErrors)
        {
            return false;
        }

        // What the .NET host says when no runtime fits, as a Unix exit code and as an HRESULT.
        if (ExitCode is 150 or unchecked((int)0x80008096))
        {
            return Events.Error(BuildCodes.ToolMissing, Place, "The tool needs the .NET 10 runtime or a newer one; install it.");
        }

        return Died("ended with exit code " + ExitCode.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Logs that the tool ended otherwise than it should.</summary>
    /// <returns>False, so that the caller can fail with it.</returns>
    private protected bool Died(string how)
    {
        var said = _errorLines.Count > 0 ? " It said: " + string.Join(" | ", _errorLines) : "";
        return Events.Error(BuildCodes.ToolDied, Place, $"The tool {how} and did not say why.{said}");
    }

    /// <summary>Writes the file that says what goes into the model and what comes out.</summary>
    /// <param name="file">Path; empty where nobody needs it.</param>
    private protected bool WriteSignature(string file)
    {
        if (file.Length == 0)
        {
            return true;
        }

        if (!Events.Values.Any(value => value.Role == ModelValue.Output))
        {
            return Died("named no output of the model");
        }

        new SignatureFile(file).Write(Events.Values);
        return true;
    }
}
