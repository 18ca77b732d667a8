using System;
using System.IO;

namespace ModelSlim.Build;

/// <summary>Paths as items have them.</summary>
internal static class PathNames
{
    /// <summary>Compares paths as this system does.</summary>
    public static StringComparer Comparer { get; } = Path.DirectorySeparatorChar == '\\' ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;

    /// <summary>The absolute path of an item of a project.</summary>
    /// <param name="projectDirectory">Folder of the project, absolute.</param>
    /// <param name="path">Path of the item.</param>
    public static string Absolute(string projectDirectory, string path) =>
        Path.GetFullPath(Path.Combine(projectDirectory, path.Replace('\\', Path.DirectorySeparatorChar)));
}
