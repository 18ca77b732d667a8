using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.Build.Framework;

namespace ModelSlim.Build;

/// <summary>
/// Tells of each model that the project's lock file names and the build does not slim, as when its recipe is gone: without this, a build
/// that accepts locked results alone would ship the original, or nothing, in silence.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class WarnOfLockedModels : WarningTask
{
    /// <summary>Absolute path of the lock file; it need not exist.</summary>
    [Required]
    public string LockFile { get; set; } = "";

    /// <summary>Folder of the project, absolute.</summary>
    [Required]
    public string ProjectDirectory { get; set; } = "";

    /// <inheritdoc/>
    public override bool Execute()
    {
        var log = NewLog();
        try
        {
            var slimmed = new HashSet<string>(Models.Select(model => PathNames.Absolute(ProjectDirectory, model.ItemSpec)), PathNames.Comparer);
            foreach (var name in new LockedResults(LockFile).Models())
            {
                if (!slimmed.Contains(PathNames.Absolute(Path.GetDirectoryName(LockFile)!, name)))
                {
                    log.Warning(
                        BuildCodes.LockedNotSlimmed,
                        LockFile,
                        $"'{name}' is locked, but this build does not slim it. Give it its recipe back; or, if that is meant, take it out of this file.");
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            log.Error(BuildCodes.FileAccess, LockFile, "Cannot read the lock file: " + e.Message);
        }

        return !Log.HasLoggedErrors;
    }
}
