namespace ModelSlim.Core.Diagnostics;

/// <content>8: MSBuild. The build gives these itself; <c>BuildCodes</c> of ModelSlim.Build repeats the codes.</content>
public static partial class DiagnosticCodes
{
    /// <summary>A SlimModel item names a file that does not exist.</summary>
    public static readonly DiagnosticDescriptor BuildModelMissing = new(
        "MSLIM8001", Severity.Error, ExitCode.Failed, "Model of the project not found", "Correct the SlimModel item; with Git LFS, run git lfs pull.");

    /// <summary>A SlimModel item has no recipe.</summary>
    public static readonly DiagnosticDescriptor BuildRecipeMissing = new(
        "MSLIM8002", Severity.Error, ExitCode.Failed, "Model of the project has no recipe", "Write name.prune.yaml or prune.yaml beside the model, or set Recipe on the item.");

    /// <summary>A delivery that does not exist.</summary>
    public static readonly DiagnosticDescriptor BuildDeliveryUnknown = new(
        "MSLIM8003", Severity.Error, ExitCode.Failed, "Unknown delivery", "Write content, none or embed.");

    /// <summary>A model has no place of its own in the output.</summary>
    public static readonly DiagnosticDescriptor BuildTargetPathInvalid = new(
        "MSLIM8004", Severity.Error, ExitCode.Failed, "No place in the output", "Set TargetPath on the item to a path below the output folder that no other model has.");

    /// <summary>The tool ended without a result and without saying why.</summary>
    public static readonly DiagnosticDescriptor BuildToolDied = new(
        "MSLIM8005", Severity.Error, ExitCode.Failed, "The tool died", "Read what it said last; run modelslim prune by hand with -v diag.");

    /// <summary>The tool ran longer than allowed.</summary>
    public static readonly DiagnosticDescriptor BuildToolTimedOut = new(
        "MSLIM8006", Severity.Error, ExitCode.Failed, "The tool took too long", "Raise ModelSlimTimeout, or ask for less in the recipe.");

    /// <summary>The tool, or the .NET runtime it needs, is not there.</summary>
    public static readonly DiagnosticDescriptor BuildToolMissing = new(
        "MSLIM8007", Severity.Error, ExitCode.Failed, "The tool cannot start", "Restore again, install the .NET 10 runtime, or correct ModelSlimToolPath.");

    /// <summary>A step with --no-build needs a model that was not slimmed yet.</summary>
    public static readonly DiagnosticDescriptor BuildNotBuilt = new(
        "MSLIM8008", Severity.Error, ExitCode.Failed, "Model not slimmed yet", "Build before a step with --no-build.");

    /// <summary>A ModelSlim property has a value that does not exist.</summary>
    public static readonly DiagnosticDescriptor BuildPropertyInvalid = new(
        "MSLIM8009", Severity.Error, ExitCode.Failed, "Property has an unknown value", "Write one of the values that the message names.");

    /// <summary>The build and the tool read another delivery in the recipe.</summary>
    public static readonly DiagnosticDescriptor BuildDeliveryDiffers = new(
        "MSLIM8010", Severity.Error, ExitCode.Failed, "Delivery read differently", "Write output: { delivery: ... } on a line of its own, or set Delivery on the item.");

    /// <summary>A recipe or a data folder cannot be read, or a file in obj cannot be written.</summary>
    public static readonly DiagnosticDescriptor BuildFileAccess = new(
        "MSLIM8011", Severity.Error, ExitCode.Failed, "File of the build cannot be read or written", "Check the rights of the file that the message names, and the space left on the disk; obj must be writable.");

    /// <summary>A model that is too large for one file was to be embedded.</summary>
    public static readonly DiagnosticDescriptor DataNotEmbedded = new(
        "MSLIM8012", Severity.Error, ExitCode.Failed, "Model too large to be embedded", "Write content or none as output.delivery, or ask for a smaller model.");

    /// <summary>A class name that C# does not take, or an accessor where there can be none.</summary>
    public static readonly DiagnosticDescriptor AccessorInvalid = new(
        "MSLIM8013", Severity.Error, ExitCode.Failed, "No accessor of that name or kind", "Write a C# class name as ClassName, with or without namespace; Accessor as true or false, and true only for embedded models of C# projects.");

    /// <summary>Two models would get the same class.</summary>
    public static readonly DiagnosticDescriptor ClassTaken = new(
        "MSLIM8014", Severity.Error, ExitCode.Failed, "Two models of one class name", "Set ClassName on one of the SlimModel items, or Accessor to false.");

    /// <summary>A model of the lock file is not slimmed, in a build that accepts locked results alone.</summary>
    public static readonly DiagnosticDescriptor LockedNotSlimmed = new(
        "MSLIM8015", Severity.Warning, ExitCode.Done, "Locked model is not slimmed", "Give the model its recipe back; or, if that is meant, take its entry out of modelslim.lock.json.");
}
