using System.Security.Cryptography;

namespace ModelSlim.Training.Runtime;

/// <summary>A folder of this user alone, for native libraries that ModelSlim changed.</summary>
/// <param name="path">The folder; made when it is first written to.</param>
internal sealed class PrivateFolder(string path)
{
    /// <summary>
    /// The user's cache folder: <c>$XDG_CACHE_HOME</c> or <c>~/.cache</c> on Linux; null where the user has no home.
    /// </summary>
    /// <param name="environment">Looks up environment variables.</param>
    public static PrivateFolder? OfUser(Func<string, string?> environment)
    {
        var root = environment("XDG_CACHE_HOME") is { Length: > 0 } named && Path.IsPathRooted(named) ? named
            : environment("HOME") is { Length: > 0 } home ? Path.Combine(home, ".cache")
            : null;
        return root is null ? null : new PrivateFolder(Path.Combine(root, "modelslim", "native"));
    }

    /// <summary>
    /// Stores a file under the hash of its content. Nobody ever sees a part of it: it is written aside and moved into place.
    /// A file that is there already is used only if its content is right.
    /// </summary>
    /// <param name="name">Name of the file; its folder is named by the hash.</param>
    /// <param name="content">The content.</param>
    /// <returns>Full path.</returns>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder cannot be written.</exception>
    public string Store(string name, ReadOnlySpan<byte> content)
    {
        var folder = Path.Combine(path, Convert.ToHexStringLower(SHA256.HashData(content)));
        var file = Path.Combine(folder, name);
        if (File.Exists(file) && content.SequenceEqual(File.ReadAllBytes(file)))
        {
            return file;
        }

        Make(folder);
        var aside = Path.Combine(folder, $"{name}.{Path.GetRandomFileName()}");
        try
        {
            using (var stream = new FileStream(aside, FileMode.CreateNew, FileAccess.Write))
            {
                stream.Write(content);
                stream.Flush(flushToDisk: true);
            }

            File.Move(aside, file, overwrite: true);
            return file;
        }
        finally
        {
            File.Delete(aside);
        }
    }

    private static void Make(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
