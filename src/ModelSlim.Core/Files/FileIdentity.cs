namespace ModelSlim.Core.Files;

/// <summary>
/// Tells whether two paths lead to the same file: through links, and by the rule of the file system that holds it, which may hold
/// <c>Net.onnx</c> and <c>net.onnx</c> for one name or for two. Hard links are different files: writing one, as
/// <see cref="AtomicFile"/> does, leaves the other.
/// </summary>
public sealed class FileIdentity
{
    private const int MostLinks = 40;

    private readonly Func<string, bool> exists;
    private readonly Func<string, IEnumerable<string>> namesIn;

    /// <summary>Judges by the files of this machine.</summary>
    public FileIdentity()
        : this(Path.Exists, folder => Directory.EnumerateFileSystemEntries(folder).Select(path => Path.GetFileName(path)))
    {
    }

    /// <summary>Judges by other files.</summary>
    /// <param name="exists">Whether there is something at a full path.</param>
    /// <param name="namesIn">The names in a folder, as they are stored.</param>
    internal FileIdentity(Func<string, bool> exists, Func<string, IEnumerable<string>> namesIn)
    {
        this.exists = exists;
        this.namesIn = namesIn;
    }

    /// <summary>True where both paths lead to one file, or would if there were one.</summary>
    public bool AreSame(string path, string other)
    {
        var (first, second) = (WithoutLinks(path, MostLinks), WithoutLinks(other, MostLinks));
        return first.Equals(second, StringComparison.Ordinal)
            || (first.Equals(second, StringComparison.OrdinalIgnoreCase) && exists(first) && exists(second) && !AreListedApart(first, second));
    }

    /// <summary>True where a folder on the way has both names that differ, so that case counts there.</summary>
    private bool AreListedApart(string first, string second)
    {
        var (parts, others) = (first.Split(Path.DirectorySeparatorChar), second.Split(Path.DirectorySeparatorChar));
        for (var i = 1; i < parts.Length; i++)
        {
            if (parts[i] != others[i] && NamesBelow(parts[..i]) is var names && names.Contains(parts[i]) && names.Contains(others[i]))
            {
                return true;
            }
        }

        return false;
    }

    private HashSet<string> NamesBelow(string[] parts)
    {
        try
        {
            return namesIn(string.Join(Path.DirectorySeparatorChar, parts) + Path.DirectorySeparatorChar).ToHashSet(StringComparer.Ordinal);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static string WithoutLinks(string path, int most)
    {
        var full = Path.GetFullPath(path);
        var resolved = Path.GetPathRoot(full)!;
        foreach (var part in full[resolved.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            resolved = Path.Combine(resolved, part);
            if (most > 0 && TargetOf(resolved) is { } target)
            {
                resolved = WithoutLinks(target, most - 1);
            }
        }

        return resolved;
    }

    private static string? TargetOf(string path)
    {
        try
        {
            FileSystemInfo entry = Directory.Exists(path) ? new DirectoryInfo(path) : new FileInfo(path);
            return entry.LinkTarget is { } target ? Path.Combine(Path.GetDirectoryName(path)!, target) : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
