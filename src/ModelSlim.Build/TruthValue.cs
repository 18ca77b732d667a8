using System;
using System.Linq;

namespace ModelSlim.Build;

/// <summary>Truth values as MSBuild reads them.</summary>
internal static class TruthValue
{
    private static readonly string[] Yes = ["true", "yes", "on"];
    private static readonly string[] No = ["false", "no", "off"];

    /// <summary>All words.</summary>
    public static string[] Words => Yes.Concat(No).ToArray();

    /// <summary>True for words that mean yes; false for others, and where nothing is said.</summary>
    public static bool IsTrue(string value) => Yes.Contains(value, StringComparer.OrdinalIgnoreCase);
}
