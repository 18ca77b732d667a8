using System.Collections.Generic;
using System.IO;
using Microsoft.Build.Framework;

namespace ModelSlim.Build;

/// <summary>
/// What the tool warned of when it made or fetched a result, as it said it, in a file beside the result in <c>obj</c>: builds that deliver the
/// result without starting the tool say it again. There is no file where there is nothing to say.
/// </summary>
/// <param name="file">Path of the file.</param>
internal sealed class KeptWarnings(string file)
{
    private const string Said = "ModelSlim: said in this build: ";

    /// <summary>
    /// True for warnings of the recipe, the model, the data or the result, which hold as long as the result does; others are of the run: host,
    /// libtorch, store and lock file.
    /// </summary>
    public static bool Holds(string code) => code.Length == 9 && code[5] is '1' or '4' or '5' or '6' or '7';

    /// <summary>Forgets them, before the tool runs again.</summary>
    public void Forget() => File.Delete(file);

    /// <summary>Writes what the tool said, and notes that this build has heard it.</summary>
    /// <param name="engine">The build.</param>
    /// <param name="lines">The events, a line each.</param>
    public void Keep(IBuildEngine? engine, IReadOnlyCollection<string> lines)
    {
        Note(engine);
        if (lines.Count > 0)
        {
            var aside = file + ".writing";
            File.WriteAllLines(aside, lines);
            File.Delete(file);
            File.Move(aside, file);
        }
    }

    /// <summary>Says again what this build has not heard.</summary>
    /// <param name="engine">The build.</param>
    /// <param name="log">Where it is said.</param>
    public void Repeat(IBuildEngine? engine, ToolEventLog log)
    {
        if (!File.Exists(file) || (engine as IBuildEngine4)?.GetRegisteredTaskObject(Said + file, RegisteredTaskObjectLifetime.Build) is not null)
        {
            return;
        }

        Note(engine);
        foreach (var line in File.ReadLines(file))
        {
            log.TryLog(line);
        }
    }

    private void Note(IBuildEngine? engine) =>
        (engine as IBuildEngine4)?.RegisterTaskObject(Said + file, file, RegisteredTaskObjectLifetime.Build, allowEarlyCollection: false);
}
