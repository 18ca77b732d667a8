using System;
using System.IO;

namespace ModelSlim.Build;

/// <summary>
/// Tells whether a lock file has the result that is in <c>obj</c>. A lock file is written for several models, and comes out of version
/// control, so times cannot tell; the key of the result, which is in the tool's report as it is in the lock file, can.
/// </summary>
/// <param name="lockFile">Path of the lock file.</param>
internal sealed class LockedResults(string lockFile)
{
    private const string Mark = "\"fingerprint\": \"";
    private const int KeyLength = 64;

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
