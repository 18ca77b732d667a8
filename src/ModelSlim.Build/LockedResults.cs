using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace ModelSlim.Build;

/// <summary>
/// Tells which models a lock file names, and whether it has the result that is in <c>obj</c>. A lock file is written for several models,
/// and comes out of version control, so times cannot tell; the key of the result, which is in the tool's report as it is in the lock
/// file, can.
/// </summary>
/// <param name="lockFile">Path of the lock file.</param>
internal sealed class LockedResults(string lockFile)
{
    private const string Mark = "\"fingerprint\": \"";
    private const int KeyLength = 64;

    // A model's name stands on a line of its own, two steps in.
    private const string NameStart = "    \"";
    private const string NameEnd = "\": {";

    /// <summary>The models that it names, relative to its folder; none where it is not there, or not in the form that the tool writes.</summary>
    public IEnumerable<string> Models() => !File.Exists(lockFile)
        ? []
        : File.ReadAllLines(lockFile)
            .Where(line => line.StartsWith(NameStart, StringComparison.Ordinal) && line.EndsWith(NameEnd, StringComparison.Ordinal) && line.Length > NameStart.Length + NameEnd.Length)
            .Select(line => line.Substring(NameStart.Length, line.Length - NameStart.Length - NameEnd.Length))
            .Where(name => name.IndexOf('\\') < 0);

    /// <summary>True where the lock file has the key that a report names.</summary>
    /// <param name="report">Path of the report.</param>
    public bool Have(string report)
    {
        if (!File.Exists(lockFile) || !File.Exists(report))
        {
            return false;
        }

        var text = File.ReadAllText(report);
        var start = text.IndexOf(Mark, StringComparison.Ordinal);
        return start >= 0
            && start + Mark.Length + KeyLength <= text.Length
            && File.ReadAllText(lockFile).IndexOf(text.Substring(start, Mark.Length + KeyLength), StringComparison.Ordinal) >= 0;
    }
}
