using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Recipes;

namespace ModelSlim.Core.Fingerprints;

/// <summary>
/// Digests of data sets. Files count by content and by their place in the recipe, not by name; of folders the names count too,
/// because classes and the order of samples follow from them.
/// </summary>
public sealed class DataDigester(FileDigester files)
{
    private const string Stage = "fingerprint";

    /// <summary>Reads a data set through.</summary>
    /// <param name="source">Where it is.</param>
    /// <param name="progress">Told how many files are done.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>One part for each path of the source, named <c>0</c>, <c>1</c> ...; or MSLIM6001 or MSLIM6002.</returns>
    public Result<ContentManifest> Digest(
        DataSource source, IProgress<StageProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var parts = new List<ContentPart>();
        for (var i = 0; i < source.Paths.Length; i++)
        {
            var path = source.Paths[i];
            try
            {
                if (File.Exists(path))
                {
                    parts.Add(new ContentPart($"{i}", files.Digest(path, cancellationToken)));
                }
                else if (Directory.Exists(path))
                {
                    parts.AddRange(Folder(path, progress, cancellationToken).Condensed($"{i}").Parts);
                }
                else
                {
                    return DiagnosticCodes.DataMissing.At(source.Location, $"'{path}' does not exist; check the path.");
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return DiagnosticCodes.DataMalformed.At(source.Location, $"'{path}' cannot be read: {e.Message}");
            }
        }

        return new ContentManifest([.. parts]);
    }

    private ContentManifest Folder(string folder, IProgress<StageProgress>? progress, CancellationToken cancellationToken)
    {
        var classes = Directory.EnumerateDirectories(folder).Select(path => (Name: Name(path) + "/", Path: path)).ToList();
        var pictures = Directory.EnumerateFiles(folder).Select(path => (Name: Name(path), Path: path))
            .Concat(classes.SelectMany(
                item => Directory.EnumerateFiles(item.Path).Select(path => (Name: item.Name + Name(path), Path: path))))
            .Where(item => !item.Name.StartsWith('.') && !item.Name.Contains("/.", StringComparison.Ordinal))
            .OrderBy(item => item.Name, StringComparer.Ordinal)
            .ToList();

        // A class without pictures still takes a number.
        var parts = classes.Where(item => !item.Name.StartsWith('.'))
            .OrderBy(item => item.Name, StringComparer.Ordinal)
            .Select(item => new ContentPart(item.Name, ContentDigest.Of([])))
            .ToList();
        for (var done = 0; done < pictures.Count; done++)
        {
            progress?.Report(new StageProgress(Stage, done, pictures.Count));
            parts.Add(new ContentPart(pictures[done].Name, files.Digest(pictures[done].Path, cancellationToken)));
        }

        return new ContentManifest([.. parts]);
    }

    private static string Name(string path) => Path.GetFileName(path);
}
