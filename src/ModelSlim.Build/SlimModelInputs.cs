using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;

namespace ModelSlim.Build;

/// <summary>
/// The list of what a model was made from, besides itself and its recipe: a file a line; a folder, which stands for the files in it
/// and in its folders, with a hash of their names. The list is an output of the run, so that a build without it runs again.
/// </summary>
/// <param name="listFile">Path of the list.</param>
internal sealed class SlimModelInputs(string listFile)
{
    private const char HashFollows = '\t';

    /// <summary>Path of the list.</summary>
    public string ListFile => listFile;

    /// <summary>Writes the list, aside and then into place: half of a list would look like a shorter one.</summary>
    /// <param name="paths">Absolute paths; those of folders end with a slash.</param>
    /// <param name="start">When the run started (UTC). A folder that was changed since counts as changed in the next build.</param>
    public void Write(IEnumerable<string> paths, DateTime start)
    {
        var aside = listFile + ".writing";
        File.WriteAllLines(aside, paths.Select(path => IsFolder(path) ? path + HashFollows + HashOf(path, start) : path));
        File.Delete(listFile);
        File.Move(aside, listFile);
    }

    /// <summary>Reads the list.</summary>
    /// <returns>
    /// All files of it, those of folders included, in ordinal order; and whether a file was added to or taken from a folder, which
    /// times of files cannot tell.
    /// </returns>
    public (IReadOnlyList<string> Files, bool Changed) Read()
    {
        var files = new List<string>();
        var changed = false;
        foreach (var line in File.Exists(listFile) ? File.ReadAllLines(listFile) : [])
        {
            var parts = line.Split(HashFollows);
            if (!IsFolder(parts[0]))
            {
                files.Add(line);
                continue;
            }

            var below = FilesBelow(parts[0]);
            files.AddRange(below);
            changed |= parts[parts.Length - 1] != Hash(below);
        }

        files.Sort(StringComparer.Ordinal);
        return (files, changed);
    }

    private static bool IsFolder(string path) => path.EndsWith("/", StringComparison.Ordinal);

    /// <summary>Hash of the names in a folder as they were at a time, or empty where it is not certain that nobody changed them since.</summary>
    private static string HashOf(string folder, DateTime start)
    {
        try
        {
            var changed = FoldersOf(folder).Any(each => Directory.GetLastWriteTimeUtc(each) > start);
            return changed ? "" : Hash(FilesBelow(folder));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private static string[] FilesBelow(string folder)
    {
        string[] files = [.. FoldersOf(folder).SelectMany(Directory.GetFiles)];
        Array.Sort(files, StringComparer.Ordinal);
        return files;
    }

    /// <summary>The folders that pictures can be in: it, and one for each class. So a link to a folder above has an end.</summary>
    private static IEnumerable<string> FoldersOf(string folder) =>
        Directory.Exists(folder) ? Directory.GetDirectories(folder).Prepend(folder) : [];

    private static string Hash(string[] names)
    {
        using var sha = SHA256.Create();
        return BitConverter.ToString(sha.ComputeHash(Encoding.UTF8.GetBytes(string.Join("\n", names)))).Replace("-", "");
    }
}
