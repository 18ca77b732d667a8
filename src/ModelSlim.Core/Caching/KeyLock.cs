namespace ModelSlim.Core.Caching;

/// <summary>
/// An exclusive lock on a file, held by the operating system until it is disposed of or the process ends, however it ends: no
/// lock is ever stale.
/// </summary>
public sealed class KeyLock : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    private const int WouldBlockOnLinux = 11;
    private const int WouldBlockOnMac = 35;
    private const int SharingViolation = unchecked((int)0x80070020);
    private const int LockViolation = unchecked((int)0x80070021);

    // On Unix any sharing makes the lock a shared one, and a file that is open can be deleted anyhow.
    private static readonly FileShare AloneButDeletable = OperatingSystem.IsWindows() ? FileShare.Delete : FileShare.None;

    private readonly FileStream? file;

    private KeyLock(FileStream? file) => this.file = file;

    /// <summary>A lock that keeps nobody out, for stores that cannot lock.</summary>
    internal static KeyLock None { get; } = new(null);

    /// <inheritdoc/>
    public void Dispose() => file?.Dispose();

    /// <summary>True where a file cannot be opened because of somebody else's lock on it.</summary>
    internal static bool IsHeld(IOException e) => e.HResult is WouldBlockOnLinux or WouldBlockOnMac or SharingViolation or LockViolation;

    /// <summary>Takes the lock, or gives null where somebody has it.</summary>
    /// <exception cref="IOException">The file cannot be opened for another reason.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be written.</exception>
    internal static KeyLock? TryTake(string path) => TryOpen(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

    /// <summary>Takes the lock, or gives null where somebody has it. A lock that cannot be made at all keeps nobody from working.</summary>
    /// <param name="path">The file.</param>
    /// <param name="mode">Who may open it where it is made now (Unix); null means as the user has it.</param>
    internal static KeyLock? TryTakeOrNone(string path, UnixFileMode? mode = null)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            return TryOpen(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, mode);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return None;
        }
    }

    /// <summary>Tries to take a lock until that succeeds.</summary>
    /// <param name="take">Tries once.</param>
    /// <param name="patience">How long; null means for ever.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The lock; null where it takes too long.</returns>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    internal static KeyLock? Wait(Func<KeyLock?> take, TimeSpan? patience, CancellationToken cancellationToken)
    {
        for (var waited = TimeSpan.Zero; ; waited += Pause)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (take() is { } held)
            {
                return held;
            }

            if (waited >= patience)
            {
                return null;
            }

            cancellationToken.WaitHandle.WaitOne(Pause);
        }
    }

    /// <summary>Takes the lock on a file that exists, or gives null where somebody has it or reads the file.</summary>
    /// <exception cref="IOException">The file does not exist or cannot be opened for another reason.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be written.</exception>
    internal static KeyLock? TryTakeExisting(string path) => TryOpen(path, FileMode.Open, FileAccess.ReadWrite, AloneButDeletable);

    /// <summary>Takes a share in the lock, or gives null where somebody has it alone.</summary>
    /// <exception cref="IOException">The file cannot be opened for another reason.</exception>
    /// <exception cref="UnauthorizedAccessException">The file must not be read.</exception>
    internal static KeyLock? TryShare(string path) => TryOpen(path, FileMode.OpenOrCreate, FileAccess.Read, FileShare.ReadWrite);

    /// <summary>True where the file system keeps locks apart; some network file systems grant every lock.</summary>
    /// <param name="path">Path of a file that nobody else knows; it is deleted.</param>
    internal static bool Works(string path)
    {
        try
        {
            using var first = TryTake(path);
            using var second = TryTake(path);
            return first is not null && second is null;
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static KeyLock? TryOpen(string path, FileMode mode, FileAccess access, FileShare share, UnixFileMode? created = null)
    {
        var options = new FileStreamOptions { Mode = mode, Access = access, Share = share, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = created;
        }

        try
        {
            return new KeyLock(new FileStream(path, options));
        }
        catch (IOException e) when (IsHeld(e))
        {
            return null;
        }
    }
}
