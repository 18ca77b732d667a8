namespace ModelSlim.Build;

/// <summary>
/// The diagnostics that the build itself gives. The tool's <c>DiagnosticCodes</c> has the same codes with titles and fixes; this
/// assembly depends on nothing but MSBuild and can only repeat them.
/// </summary>
internal static class BuildCodes
{
    /// <summary>A recipe that no model goes by.</summary>
    public const string RecipeUnused = "MSLIM1008";

    /// <summary>An item names a file that does not exist.</summary>
    public const string ModelMissing = "MSLIM8001";

    /// <summary>A model has no recipe.</summary>
    public const string RecipeMissing = "MSLIM8002";

    /// <summary>A delivery that does not exist.</summary>
    public const string DeliveryUnknown = "MSLIM8003";

    /// <summary>A model has no place of its own in the output.</summary>
    public const string TargetPathInvalid = "MSLIM8004";

    /// <summary>The tool ended without a result and without saying why.</summary>
    public const string ToolDied = "MSLIM8005";

    /// <summary>The tool ran longer than allowed.</summary>
    public const string ToolTimedOut = "MSLIM8006";

    /// <summary>The tool is not where it should be.</summary>
    public const string ToolMissing = "MSLIM8007";

    /// <summary>A build step that must not prune needs a model that was not pruned yet.</summary>
    public const string NotBuilt = "MSLIM8008";

    /// <summary>A property has a value that does not exist.</summary>
    public const string PropertyInvalid = "MSLIM8009";

    /// <summary>The build and the tool understand the recipe differently.</summary>
    public const string DeliveryDiffers = "MSLIM8010";

    /// <summary>A recipe or a data folder cannot be read, or a file in obj cannot be written.</summary>
    public const string FileAccess = "MSLIM8011";

    /// <summary>A model that is too large for one file was to be embedded.</summary>
    public const string DataNotEmbedded = "MSLIM8012";

    /// <summary>A class name that C# does not take, or an accessor where there can be none.</summary>
    public const string AccessorInvalid = "MSLIM8013";

    /// <summary>Two models would get the same class.</summary>
    public const string ClassTaken = "MSLIM8014";

    /// <summary>A model of the lock file is not slimmed.</summary>
    public const string LockedNotSlimmed = "MSLIM8015";
}
