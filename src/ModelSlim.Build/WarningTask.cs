using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace ModelSlim.Build;

/// <summary>A task that tells of what may be wrong with models, as strictly as the project asks for.</summary>
public abstract class WarningTask : Task
{
    /// <summary>The models that are slimmed.</summary>
    public ITaskItem[] Models { get; set; } = [];

    /// <summary>Whether warnings fail the build.</summary>
    public bool TreatWarningsAsErrors { get; set; }

    /// <summary>Codes that stay warnings, or are hidden by MSBuild, separated as in the property of that name.</summary>
    public string NoWarn { get; set; } = "";

    /// <summary>A log that is as strict.</summary>
    private protected ToolEventLog NewLog() => new(Log) { WarningsAreErrors = TreatWarningsAsErrors, NoWarn = ToolEventLog.CodesOf(NoWarn) };
}
