using System.Collections.Immutable;
using System.Globalization;
using ModelSlim.Core.Diagnostics;

namespace ModelSlim.Training.Data;

/// <summary>The pictures of a folder, in an order that depends on names alone.</summary>
/// <param name="Files">Paths.</param>
/// <param name="Labels">Class index per file; null where the folder has no class folders.</param>
/// <param name="Classes">Names of the class folders in order of their numbers; null where there are none.</param>
internal sealed record PictureFolder(ImmutableArray<string> Files, int[]? Labels, ImmutableArray<string>? Classes)
{
    private static readonly ImmutableArray<string> Extensions = [".png", ".jpg", ".jpeg", ".bmp", ".webp"];

    /// <summary>
    /// Lists a folder. Each sub-folder is a class; where all names are whole numbers, those are the classes, otherwise they are
    /// numbered in ordinal order of names. Without sub-folders there are no labels. The order is ordinal by name; of class folders the first picture of every class comes first, then the second
    /// ones, so that a limit keeps the classes in balance. Names that begin with a dot are left out.
    /// </summary>
    /// <param name="path">Absolute path of the folder.</param>
    /// <param name="limit">At most this many pictures, from the front; null means all.</param>
    /// <param name="known">Names that number the classes, as of the training samples; null where this folder's own do.</param>
    /// <param name="location">Where the recipe names the folder.</param>
    public static Result<PictureFolder> List(string path, int? limit, ImmutableArray<string>? known, SourceSpan? location)
    {
        if (!Directory.Exists(path))
        {
            var found = File.Exists(path) ? "is a file; name the folder" : "does not exist";
            return DiagnosticCodes.DataMissing.At(location, $"{path} {found}.");
        }

        try
        {
            var classes = Names(Directory.EnumerateDirectories(path)).ToList();
            var loose = Pictures(path);
            if (classes.Count > 0 && loose.Count > 0)
            {
                return DiagnosticCodes.ClassFoldersMixed.At(
                    location, $"{path} holds both class folders ({Path.GetFileName(classes[0])}) and pictures " +
                    $"({Path.GetFileName(loose[0])}); it must hold one or the other.");
            }

            ImmutableArray<string> names = [.. classes.Select(folder => Path.GetFileName(folder))];
            if (Alike(names) is { } twins)
            {
                return DiagnosticCodes.ClassFoldersAlike.At(
                    location, $"{path} has the class folders {string.Join(" and ", twins.Select(DisplayText.Quote))}, which are one folder on other systems; give them names that differ in more than case and in how a letter with a mark is written.");
            }

            if (known is { } given && names.FirstOrDefault(name => !given.Contains(name)) is { } stranger)
            {
                return DiagnosticCodes.LabelsUnfit.At(
                    location, $"{path} has a class folder '{stranger}', which the training samples do not have; they have {string.Join(", ", given)}");
            }

            var numbers = Numbers(names, known);
            var pictures = classes.Count > 0 ? classes.Select(Pictures).ToList() : [loose];
            var order =
                from place in Enumerable.Range(0, pictures.Max(files => files.Count))
                from label in Enumerable.Range(0, pictures.Count)
                where place < pictures[label].Count
                select (File: pictures[label][place], Label: label);
            var chosen = order.Take(limit ?? int.MaxValue).ToList();
            if (chosen.Count == 0)
            {
                return DiagnosticCodes.DataEmpty.At(
                    location, $"{path} holds no pictures ({string.Join(", ", Extensions)}).");
            }

            var empty = classes.Where((_, label) => pictures[label].Count == 0).Select(
                folder => DiagnosticCodes.ClassFolderEmpty.At(location, $"{folder} holds no pictures, but counts as a class."));
            return Result<PictureFolder>.With(
                new PictureFolder(
                    [.. chosen.Select(sample => sample.File)],
                    classes.Count > 0 ? [.. chosen.Select(sample => numbers[sample.Label])] : null,
                    classes.Count > 0 ? names : null),
                empty);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return DiagnosticCodes.DataMalformed.At(location, $"{path} cannot be listed: {failure.Message}");
        }
    }

    // Names without marks are compared by what they are in one case; few have any.
    private static string[]? Alike(ImmutableArray<string> names)
    {
        var twins = names.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1);
        var marked = names.Where(name => !name.All(char.IsAscii)).ToArray();
        return twins?.ToArray() ?? (
            from first in Enumerable.Range(0, marked.Length)
            from second in Enumerable.Range(first + 1, marked.Length - first - 1)
            where FolderNames.AreAlike(marked[first], marked[second])
            select new[] { marked[first], marked[second] }).FirstOrDefault();
    }

    // 2 comes before 10, and a class without a folder still has its number.
    private static int[] Numbers(ImmutableArray<string> names, ImmutableArray<string>? known)
    {
        var whole = names.Select(name => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1).ToArray();
        return whole.All(number => number >= 0) && whole.Distinct().Count() == whole.Length
            ? whole
            : [.. names.Select(name => (known ?? names).IndexOf(name))];
    }

    private static List<string> Pictures(string folder) =>
        [.. Names(Directory.EnumerateFiles(folder).Where(
            file => Extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase)))];

    private static IEnumerable<string> Names(IEnumerable<string> paths) =>
        paths.Where(path => !Path.GetFileName(path).StartsWith('.')).OrderBy(Path.GetFileName, StringComparer.Ordinal);
}
