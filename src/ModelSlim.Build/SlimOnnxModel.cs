using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace ModelSlim.Build;

/// <summary>
/// Slims one model: starts <c>modelslim prune</c> and turns its events (PROTOCOL.md) into MSBuild's errors, warnings and messages.
/// All paths are absolute. When it succeeds, <see cref="OutputModel"/> bears the time at which the tool was started, so that it is
/// older than whatever was saved while the tool worked, and <see cref="InputList"/> names the data it was made from; when it fails,
/// <see cref="InputList"/> does not exist.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed partial class SlimOnnxModel : ToolTask
{
    private const int GraceSeconds = 30;
    private const int KeptErrorLines = 6;
    private const string DataSuffix = ".data";

    private readonly ToolEventLog _events;
    private readonly Queue<string> _errorLines = new();
    private DateTime _started;
    private bool _cancelled;
    private int _threads;

    /// <summary>Makes the task.</summary>
    public SlimOnnxModel()
    {
        _events = new ToolEventLog(Log);
        YieldDuringToolExecution = true;
    }

    /// <inheritdoc/>
    protected override string ToolName => Path.DirectorySeparatorChar == '\\' ? "dotnet.exe" : "dotnet";

    /// <inheritdoc/>
    protected override Encoding StandardOutputEncoding => new UTF8Encoding(false);

    /// <inheritdoc/>
    protected override Encoding StandardErrorEncoding => new UTF8Encoding(false);

    /// <inheritdoc/>
    protected override MessageImportance StandardErrorLoggingImportance => MessageImportance.Low;

    /// <inheritdoc/>
    public override bool Execute()
    {
        _events.DefaultFile = Recipe;
        _events.ShowsProgress = Verbosity is "d" or "diag" or "detailed" or "diagnostic";
        var engine = BuildEngine as IBuildEngine9;
        var granted = 0;
        try
        {
            granted = MaxThreads.Length > 0 ? 0 : Request(engine);
            _threads = granted;
            File.Delete(InputList);
            File.Delete(OutputModel + DataSuffix);
            _started = DateTime.UtcNow;
            return Finish(base.Execute());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _events.Error(BuildCodes.FileAccess, OutputModel, "Cannot write here: " + e.Message + " Make the folder writable.");
            return false;
        }
        finally
        {
            if (granted > 0)
            {
                engine!.ReleaseCores(granted);
            }
        }
    }

    /// <inheritdoc/>
    public override void Cancel()
    {
        _cancelled = true;
        base.Cancel();
    }

    /// <inheritdoc/>
    protected override bool ValidateParameters()
    {
        if (TimeoutSeconds.Length > 0)
        {
            if (!IsCount(TimeoutSeconds, int.MaxValue / 1000 - GraceSeconds, out var seconds))
            {
                return _events.Error(BuildCodes.PropertyInvalid, Recipe, $"ModelSlimTimeout is '{TimeoutSeconds}'; give whole seconds.");
            }

            Timeout = (seconds + GraceSeconds) * 1000;
        }

        if (MaxThreads.Length > 0 && !IsCount(MaxThreads, 1024, out _threads))
        {
            return _events.Error(BuildCodes.PropertyInvalid, Recipe, $"ModelSlimMaxThreads is '{MaxThreads}'; give a number from 1 to 1024.");
        }

        return File.Exists(ToolAssembly) || _events.Error(
            BuildCodes.ToolMissing, Recipe, $"The tool is not at '{ToolAssembly}'. Restore again, or correct ModelSlimToolPath.");
    }

    /// <inheritdoc/>
    /// <remarks>The target's inputs and outputs decide; overriding this lets <c>-question</c> say that a model is stale.</remarks>
    protected override bool SkipTaskExecution() => false;

    /// <inheritdoc/>
    protected override string GenerateFullPathToTool() => DotNetHost.Length > 0 ? DotNetHost : ToolName;

    /// <inheritdoc/>
    protected override string GenerateCommandLineCommands()
    {
        var line = new CommandLineBuilder();
        line.AppendFileNameIfNotNull(ToolAssembly);
        line.AppendSwitch("prune");
        line.AppendFileNameIfNotNull(Model);
        line.AppendSwitchIfNotNull("-r ", Recipe);
        line.AppendSwitchIfNotNull("-o ", OutputModel);
        line.AppendSwitchIfNotNull("--report ", Report);
        line.AppendSwitch("--events jsonl");
        using (var self = Process.GetCurrentProcess())
        {
            line.AppendSwitch("--parent-pid " + self.Id.ToString(CultureInfo.InvariantCulture));
        }

        line.AppendSwitchIfNotNull(Locked ? "--locked " : "--lock ", NullIfEmpty(LockFile));
        line.AppendSwitchIfNotNull("--cache-dir ", NullIfEmpty(CacheDirectory));
        line.AppendSwitchIfNotNull("--libtorch ", NullIfEmpty(LibTorchDirectory));
        line.AppendSwitchIfNotNull("--threads ", _threads > 0 ? _threads.ToString(CultureInfo.InvariantCulture) : null);
        line.AppendSwitchIfNotNull("--timeout ", NullIfEmpty(TimeoutSeconds));
        line.AppendSwitchIfNotNull("-v ", NullIfEmpty(Verbosity));
        AppendIf(line, Offline, "--offline");
        AppendIf(line, IsMode("CacheOnly"), "--cache-only");
        AppendIf(line, IsMode("Full"), "--rebuild");
        return line.ToString();
    }

    /// <inheritdoc/>
    /// <remarks>Arguments are absolute paths of this system: a backslash in one is part of a name.</remarks>
    protected override string AdjustCommandsForOperatingSystem(string input) => input;

    /// <inheritdoc/>
    protected override void LogToolCommand(string message) => Log.LogCommandLine(MessageImportance.Low, message);

    /// <inheritdoc/>
    protected override void LogEventsFromTextOutput(string singleLine, MessageImportance messageImportance)
    {
        if (_events.TryLog(singleLine))
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
            return _events.Error(BuildCodes.ToolMissing, Recipe, "The tool needs the .NET 10 runtime or a newer one; install it.");
        }

        return Died("ended with exit code " + ExitCode.ToString(CultureInfo.InvariantCulture));
    }

    private static int Request(IBuildEngine9? engine)
    {
        try
        {
            return engine?.RequestCores(Environment.ProcessorCount) ?? 0;
        }
        catch (NotImplementedException)
        {
            // What hosts throw that share out no cores.
            return 0;
        }
    }

    private static bool IsCount(string text, int most, out int value) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value >= 1 && value <= most;

    private bool IsMode(string mode) => Mode.Equals(mode, StringComparison.OrdinalIgnoreCase);

    private static string? NullIfEmpty(string text) => text.Length > 0 ? text : null;

    private static void AppendIf(CommandLineBuilder line, bool condition, string text)
    {
        if (condition)
        {
            line.AppendSwitch(text);
        }
    }

    private bool Finish(bool succeeded)
    {
        if (_cancelled)
        {
            return false;
        }

        if (!succeeded)
        {
            return !HasLoggedErrors && _events.Error(
                BuildCodes.ToolTimedOut, Recipe, $"Still not done after {TimeoutSeconds} s. Raise ModelSlimTimeout, or ask for less in the recipe.");
        }

        if (_events.Result is not { } result)
        {
            return Died("ended without a result");
        }

        if (!File.Exists(OutputModel))
        {
            return Died("wrote no model");
        }

        var delivery = result.Text("delivery");
        if (RecipeDelivery.Length > 0 && delivery.Length > 0 && delivery != RecipeDelivery)
        {
            return _events.Error(
                BuildCodes.DeliveryDiffers,
                Recipe,
                $"output.delivery is '{delivery}', but the build read '{RecipeDelivery}'. Write it as 'output: {{ delivery: {delivery} }}', or set Delivery on the item.");
        }

        if (File.Exists(OutputModel + DataSuffix) && (delivery == "embed" || Delivery == "embed"))
        {
            return _events.Error(
                BuildCodes.DataNotEmbedded, Recipe, "The slim model has a data file beside it, which cannot be embedded. Deliver it as content.");
        }

        File.SetLastWriteTimeUtc(OutputModel, _started);
        new SlimModelInputs(InputList).Write(_events.Inputs, _started);
        return true;
    }

    private bool Died(string how)
    {
        var said = _errorLines.Count > 0 ? " It said: " + string.Join(" | ", _errorLines) : "";
        return _events.Error(BuildCodes.ToolDied, Recipe, $"The tool {how} and did not say why.{said}");
    }
}
