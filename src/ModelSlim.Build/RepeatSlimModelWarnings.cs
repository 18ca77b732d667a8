using System;
using System.IO;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace ModelSlim.Build;

/// <summary>
/// Says again what the tool warned of, for each model whose result is delivered as an earlier build left it. Reads a small file a model that
/// there was a warning of, and starts nothing.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class RepeatSlimModelWarnings : Task
{
    /// <summary>The models, with metadata <c>Recipe</c> and <c>WarningList</c>.</summary>
    [Required]
    public ITaskItem[] Models { get; set; } = [];

    /// <summary>Whether warnings fail the build.</summary>
    public bool TreatWarningsAsErrors { get; set; }

    /// <summary>Codes that stay warnings, or are hidden by MSBuild, separated as in the property of that name.</summary>
    public string NoWarn { get; set; } = "";

    /// <inheritdoc/>
    public override bool Execute()
    {
        foreach (var model in Models)
        {
            var log = new ToolEventLog(Log)
            {
                DefaultFile = model.GetMetadata("Recipe"),
                Model = Path.GetFileName(model.ItemSpec),
                WarningsAreErrors = TreatWarningsAsErrors,
                NoWarn = ToolEventLog.CodesOf(NoWarn),
            };
            try
            {
                new KeptWarnings(model.GetMetadata("WarningList")).Repeat(BuildEngine, log);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                log.Error(BuildCodes.FileAccess, model.ItemSpec, "Cannot read what was said of this model: " + e.Message);
            }
        }

        return !Log.HasLoggedErrors;
    }
}
