using System.Collections.Immutable;
using ModelSlim.Core.Diagnostics;

namespace ModelSlim.Training.Data;

/// <summary>The pictures of a folder, in an order that depends on names alone.</summary>
/// <param name="Files">Paths.</param>
/// <param name="Labels">Class index per file; null where the folder has no class folders.</param>
internal sealed record PictureFolder(ImmutableArray<string> Files, int[]? Labels)
{
    private static readonly ImmutableArray<string> Extensions = [".png", ".jpg", ".jpeg", ".bmp", ".webp"];

    /// <summary>
    /// Lists a folder. Each sub-folder is a class, numbered in ordinal order of names; without sub-folders there are no
    /// labels. The order is ordinal by name; of class folders the first picture of every class comes first, then the second
    /// ones, so that a limit keeps the classes in balance. Names that begin with a dot are left out.
    /// </summary>
    /// <param name="path">Absolute path of the folder.</param>
    /// <param name="limit">At most this many pictures, from the front; null means all.</param>
    /// <param name="location">Where the recipe names the folder.</param>
    public static Result<PictureFolder> List(string path, int? limit, SourceSpan? location)
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
                    classes.Count > 0 ? [.. chosen.Select(sample => sample.Label)] : null),
                empty);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return DiagnosticCodes.DataMalformed.At(location, $"{path} cannot be listed: {failure.Message}");
        }
    }

    private static List<string> Pictures(string folder) =>
        [.. Names(Directory.EnumerateFiles(folder).Where(
            file => Extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase)))];

    private static IEnumerable<string> Names(IEnumerable<string> paths) =>
        paths.Where(path => !Path.GetFileName(path).StartsWith('.')).OrderBy(Path.GetFileName, StringComparer.Ordinal);
}
