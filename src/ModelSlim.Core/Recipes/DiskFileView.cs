namespace ModelSlim.Core.Recipes;

/// <summary>The files of this machine.</summary>
public sealed class DiskFileView : IFileView
{
    /// <inheritdoc/>
    public PathKind Kind(string path) =>
        File.Exists(path) ? PathKind.File : Directory.Exists(path) ? PathKind.Folder : PathKind.Missing;

    /// <inheritdoc/>
    public IReadOnlyList<string> List(string folder, string ending)
    {
        var place = folder.Length > 0 ? folder : ".";
        return Directory.Exists(place)
            ? [.. Directory.EnumerateFiles(place)
                .Select(path => Path.Combine(folder, Path.GetFileName(path)))
                .Where(path => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
                .Order(StringComparer.Ordinal)]
            : [];
    }

    /// <inheritdoc/>
    public byte[] ReadStart(string path, int most)
    {
        using var file = File.OpenRead(path);
        var bytes = new byte[Math.Min(most, Math.Max(file.Length, 0))];
        var read = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return bytes[..read];
    }
}
