using Microsoft.Build.Framework;

namespace ModelSlim.Build;

/// <content>What a project tells the task.</content>
public sealed partial class SlimOnnxModel
{
    /// <summary>How the model reaches the app: <c>content</c>, <c>none</c> or <c>embed</c>.</summary>
    public string Delivery { get; set; } = "";

    /// <summary>The prune.yaml to follow.</summary>
    [Required]
    public string Recipe { get; set; } = "";

    /// <summary>Where the slim model goes.</summary>
    [Required]
    public string OutputModel { get; set; } = "";

    /// <summary>Where the tool's report (JSON) goes.</summary>
    [Required]
    public string Report { get; set; } = "";

    /// <summary>Where the list of other files that decide the result goes, one a line; folders end with a slash.</summary>
    [Required]
    public string InputList { get; set; } = "";

    /// <summary>Where the warnings go that later builds repeat.</summary>
    [Required]
    public string WarningList { get; set; } = "";

    /// <summary>Where the inputs and outputs of the slim model go; empty where nobody needs them.</summary>
    public string Signature { get; set; } = "";

    /// <summary>The delivery that the build read in the recipe; empty where the recipe does not decide it.</summary>
    public string RecipeDelivery { get; set; } = "";

    /// <summary><c>Auto</c>, <c>Full</c> or <c>CacheOnly</c>.</summary>
    public string Mode { get; set; } = "Auto";

    /// <summary>Folder of the store; empty means the user's.</summary>
    public string CacheDirectory { get; set; } = "";

    /// <summary>Address of the cache that a team shares, or <c>none</c>; empty means what the environment says.</summary>
    public string RemoteCache { get; set; } = "";

    /// <summary>Whether that cache is only read; else the environment says it.</summary>
    public bool RemoteCacheReadOnly { get; set; }

    /// <summary>Path of the lock file; empty means none.</summary>
    public string LockFile { get; set; } = "";

    /// <summary>Whether only the result that the lock file names is accepted; else the result is written into it.</summary>
    public bool Locked { get; set; }

    /// <summary>Folder with libtorch's natives; empty means the NuGet folder.</summary>
    public string LibTorchDirectory { get; set; } = "";

    /// <summary>Threads to use; empty means as many as MSBuild grants.</summary>
    public string MaxThreads { get; set; } = "";

    /// <summary>Seconds after which the tool gives up; empty means never.</summary>
    public string TimeoutSeconds { get; set; } = "";

    /// <summary>Whether the tool must not use the network.</summary>
    public bool Offline { get; set; }

    /// <summary><c>q</c>, <c>m</c>, <c>n</c>, <c>d</c> or <c>diag</c>; empty means the tool's default.</summary>
    public string Verbosity { get; set; } = "";

    /// <summary>Whether the tool's warnings fail the build.</summary>
    public bool TreatWarningsAsErrors
    {
        get => Events.WarningsAreErrors;
        set => Events.WarningsAreErrors = value;
    }

    /// <summary>Codes that stay warnings, or are hidden by MSBuild, separated as in the property of that name.</summary>
    public string NoWarn
    {
        get => string.Join(";", Events.NoWarn);
        set => Events.NoWarn = ToolEventLog.CodesOf(value);
    }
}
