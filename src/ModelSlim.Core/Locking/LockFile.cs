using System.Collections.Immutable;

namespace ModelSlim.Core.Locking;

/// <summary><c>modelslim.lock.json</c>: which result each model of a project must have.</summary>
/// <param name="Results">
/// The results by model: the model's path relative to the lock file's folder, with <c>/</c>, such as <c>models/net.onnx</c>.
/// </param>
public sealed record LockFile(ImmutableSortedDictionary<string, LockedResult> Results)
{
    /// <summary>Name of the file, beside the project.</summary>
    public const string Name = "modelslim.lock.json";

    /// <summary>A lock file that names nothing.</summary>
    public static LockFile Empty { get; } = new(ImmutableSortedDictionary.Create<string, LockedResult>(StringComparer.Ordinal));

    /// <summary>The name of a model in a lock file.</summary>
    /// <param name="path">Path of the lock file.</param>
    /// <param name="model">Path of the model.</param>
    public static string NameOf(string path, string model)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        return Path.GetRelativePath(folder, Path.GetFullPath(model)).Replace(Path.DirectorySeparatorChar, '/');
    }

    /// <summary>The path of a model that a lock file names.</summary>
    /// <param name="path">Path of the lock file.</param>
    /// <param name="name">The model's name in it.</param>
    public static string ModelOf(string path, string name) => Path.GetFullPath(name, Path.GetDirectoryName(Path.GetFullPath(path))!);

    /// <summary>The same with another result of a model.</summary>
    public LockFile With(string model, LockedResult result) => new(Results.SetItem(model, result));
}
