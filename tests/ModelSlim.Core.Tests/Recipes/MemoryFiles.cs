using System.Text;
using ModelSlim.Core.Recipes;

namespace ModelSlim.Core.Tests.Recipes;

/// <summary>Files and folders that exist only here.</summary>
internal sealed class MemoryFiles : IFileView
{
    private readonly Dictionary<string, byte[]> files = [];
    private readonly HashSet<string> folders = [];

    public MemoryFiles With(string path, string content = "")
    {
        files[path] = Encoding.UTF8.GetBytes(content);
        return this;
    }

    public MemoryFiles WithFolder(string path)
    {
        folders.Add(path);
        return this;
    }

    public PathKind Kind(string path) =>
        files.ContainsKey(path) ? PathKind.File : folders.Contains(path) ? PathKind.Folder : PathKind.Missing;

    public IReadOnlyList<string> List(string folder, string ending) =>
        [.. files.Keys.Where(path => Path.GetDirectoryName(path) == folder && path.EndsWith(ending, StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    public byte[] ReadStart(string path, int most) => files.TryGetValue(path, out var bytes)
        ? bytes[..Math.Min(most, bytes.Length)]
        : throw new FileNotFoundException("Could not find file", path);
}
