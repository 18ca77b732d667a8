using System.Text;
using ModelSlim.Core.Caching;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Files;
using ModelSlim.Core.Fingerprints;

namespace ModelSlim.Core.Locking;

/// <summary>Lock files on disk. Those who change one at the same time, as parallel builds do, take turns.</summary>
public sealed class LockFileStore
{
    private const long Largest = 64L << 20;

    private readonly LockFileText text = new();

    /// <summary>Reads a lock file.</summary>
    /// <param name="path">Its path.</param>
    /// <returns>The lock file, empty where there is none; MSLIM3001 where it cannot be read.</returns>
    public Result<LockFile> Read(string path)
    {
        try
        {
            if (!File.Exists(path))
            {
                return LockFile.Empty;
            }

            return new FileInfo(path).Length > Largest
                ? DiagnosticCodes.LockUnreadable.At(new SourceSpan(path), $"the lock file cannot be read: it has more than {Largest >> 20} MiB; delete it and run modelslim lock")
                : text.Read(File.ReadAllText(path), path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return DiagnosticCodes.LockUnreadable.At(new SourceSpan(path), $"the lock file cannot be read: {e.Message.TrimEnd('.')}");
        }
    }

    /// <summary>
    /// Changes a lock file, in one step; one that does not exist is made. What changes nothing leaves the file and its time alone.
    /// </summary>
    /// <param name="path">Its path.</param>
    /// <param name="change">What it becomes.</param>
    /// <param name="cancellation">Ends the wait for others who change it.</param>
    /// <returns>What it is now; MSLIM3001 where it cannot be read, MSLIM3005 where it cannot be written.</returns>
    public Result<LockFile> Update(string path, Func<LockFile, LockFile> change, CancellationToken cancellation = default)
    {
        try
        {
            using var turn = Take(path, cancellation);
            return Read(path).Then<LockFile>(read =>
            {
                var changed = change(read);
                var bytes = Encoding.UTF8.GetBytes(text.Write(changed));
                if (!File.Exists(path) || !File.ReadAllBytes(path).AsSpan().SequenceEqual(bytes))
                {
                    AtomicFile.Write(path, stream => stream.Write(bytes));
                }

                return changed;
            });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return DiagnosticCodes.LockNotWritten.At(new SourceSpan(path), $"the lock file cannot be written: {e.Message.TrimEnd('.')}");
        }
    }

    // Among the temporary files: a folder under version control is no place for files that only say whose turn it is.
    private static KeyLock Take(string path, CancellationToken cancellation)
    {
        var name = ContentDigest.Of(Encoding.UTF8.GetBytes(Path.GetFullPath(path))).Sha256[..32];
        var turns = Path.Combine(Path.GetTempPath(), $"modelslim-{name}.turn");
        return KeyLock.Wait(() => KeyLock.TryTakeOrNone(turns, UnixFileMode.UserRead | UnixFileMode.UserWrite), patience: null, cancellation)!;
    }
}
