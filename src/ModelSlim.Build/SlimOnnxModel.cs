using System;
using System.Globalization;
using System.IO;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace ModelSlim.Build;

/// <summary>
/// Slims one model: starts <c>modelslim prune</c>. When it succeeds, <see cref="OutputModel"/> bears the time at which the tool was
/// started, so that it is older than whatever was saved while the tool worked, and <see cref="InputList"/> names the data it was
/// made from; when it fails, <see cref="InputList"/> does not exist.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed partial class SlimOnnxModel : ModelSlimVerb
{
    private const int GraceSeconds = 30;
    private const string DataSuffix = ".data";

    private DateTime _started;
    private int _threads;

    /// <inheritdoc/>
    private protected override string Place => Recipe;

    /// <inheritdoc/>
    public override bool Execute()
    {
        Events.ShowsProgress = Verbosity is "d" or "diag" or "detailed" or "diagnostic";
        var engine = BuildEngine as IBuildEngine9;
        var granted = 0;
        try
        {
            granted = MaxThreads.Length > 0 ? 0 : Request(engine);
            _threads = granted;
            File.Delete(InputList);
            new KeptWarnings(WarningList).Forget();
            File.Delete(OutputModel + DataSuffix);
            _started = DateTime.UtcNow;
            return Finish(base.Execute());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Events.Error(BuildCodes.FileAccess, OutputModel, "Cannot write here: " + e.Message + " Make the folder writable.");
            return false;
        }
        finally
        {
            RemoteSwitch.Heed(BuildEngine, Events);
            if (granted > 0)
            {
                engine!.ReleaseCores(granted);
            }
        }
    }

    /// <inheritdoc/>
    protected override bool ValidateParameters()
    {
        if (TimeoutSeconds.Length > 0)
        {
            if (!IsCount(TimeoutSeconds, int.MaxValue / 1000 - GraceSeconds, out var seconds))
            {
                return Events.Error(BuildCodes.PropertyInvalid, Recipe, $"ModelSlimTimeout is '{TimeoutSeconds}'; give whole seconds.");
            }

            Timeout = (seconds + GraceSeconds) * 1000;
        }

        if (MaxThreads.Length > 0 && !IsCount(MaxThreads, 1024, out _threads))
        {
            return Events.Error(BuildCodes.PropertyInvalid, Recipe, $"ModelSlimMaxThreads is '{MaxThreads}'; give a number from 1 to 1024.");
        }

        return base.ValidateParameters();
    }

    /// <inheritdoc/>
    protected override string GenerateCommandLineCommands()
    {
        var line = CommandLineOf("prune");
        line.AppendSwitchIfNotNull("-r ", Recipe);
        line.AppendSwitchIfNotNull("-o ", OutputModel);
        line.AppendSwitchIfNotNull("--report ", Report);
        line.AppendSwitchIfNotNull(Locked ? "--locked " : "--lock ", NullIfEmpty(LockFile));
        line.AppendSwitchIfNotNull("--cache-dir ", NullIfEmpty(CacheDirectory));
        line.AppendSwitchIfNotNull("--remote-cache ", RemoteSwitch.IsOff(BuildEngine) ? "none" : NullIfEmpty(RemoteCache));
        AppendIf(line, RemoteCacheReadOnly, "--remote-cache-mode read");
        line.AppendSwitchIfNotNull("--libtorch ", NullIfEmpty(LibTorchDirectory));
        line.AppendSwitchIfNotNull("--threads ", _threads > 0 ? _threads.ToString(CultureInfo.InvariantCulture) : null);
        line.AppendSwitchIfNotNull("--timeout ", NullIfEmpty(TimeoutSeconds));
        line.AppendSwitchIfNotNull("-v ", NullIfEmpty(Verbosity));
        AppendIf(line, Offline, "--offline");
        AppendIf(line, IsMode("CacheOnly"), "--cache-only");
        AppendIf(line, IsMode("Full"), "--rebuild");
        return line.ToString();
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
        if (Cancelled)
        {
            return false;
        }

        if (!succeeded)
        {
            return !HasLoggedErrors && Events.Error(
                BuildCodes.ToolTimedOut, Recipe, $"Still not done after {TimeoutSeconds} s. Raise ModelSlimTimeout, or ask for less in the recipe.");
        }

        if (Events.Result is not { } result)
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
            return Events.Error(
                BuildCodes.DeliveryDiffers,
                Recipe,
                $"output.delivery is '{delivery}', but the build read '{RecipeDelivery}'. Write it as 'output: {{ delivery: {delivery} }}', or set Delivery on the item.");
        }

        if (File.Exists(OutputModel + DataSuffix) && (delivery == "embed" || Delivery == "embed"))
        {
            return Events.Error(
                BuildCodes.DataNotEmbedded, Recipe, "The slim model has a data file beside it, which cannot be embedded. Deliver it as content.");
        }

        if (!WriteSignature(Signature))
        {
            return false;
        }

        File.SetLastWriteTimeUtc(OutputModel, _started);
        new KeptWarnings(WarningList).Keep(BuildEngine, Events.Warnings);
        new SlimModelInputs(InputList).Write(Events.Inputs, _started);
        return true;
    }
}
