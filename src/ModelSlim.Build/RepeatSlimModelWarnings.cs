using System;
using System.IO;
using Microsoft.Build.Framework;

namespace ModelSlim.Build;

/// <summary>
/// Says again what the tool warned of, for each model whose result is delivered as an earlier build left it. Reads a small file a model that
/// there was a warning of, and starts nothing. Models have metadata <c>Recipe</c> and <c>WarningList</c>.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class RepeatSlimModelWarnings : WarningTask
{
    /// <inheritdoc/>
    public override bool Execute()
    {
        foreach (var model in Models)
        {
            var log = NewLog();
            (log.DefaultFile, log.Model) = (model.GetMetadata("Recipe"), Path.GetFileName(model.ItemSpec));
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
