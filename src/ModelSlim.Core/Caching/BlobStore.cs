using System.Security.Cryptography;
using ModelSlim.Core.Files;
using ModelSlim.Core.Fingerprints;

namespace ModelSlim.Core.Caching;

/// <summary>The contents of a store, each a file named by its SHA-256. Nothing leaves it without being hashed on the way.</summary>
internal sealed class BlobStore(StoreLayout layout)
{
    private const int BufferSize = 1 << 17;

    /// <summary>Puts a content in: written aside, flushed, moved into place, folder flushed.</summary>
    public ContentDigest Add(Action<Stream> write)
    {
        var aside = layout.NewTemporary();
        try
        {
            ContentDigest digest;
            using (var file = new FileStream(aside, FileMode.CreateNew, FileAccess.Write, FileShare.None, BufferSize))
            {
                var sha256 = Hash(file, write);
                file.Flush(flushToDisk: true);
                digest = new ContentDigest(sha256, file.Length);
            }

            if (Check(digest, CancellationToken.None) == BlobState.Good)
            {
                File.Delete(aside);
            }
            else
            {
                Publish(aside, layout.Content(digest.Sha256));
            }

            return digest;
        }
        catch
        {
            File.Delete(aside);
            throw;
        }
    }

    /// <summary>Puts a content in that comes from elsewhere, if it is what it should be.</summary>
    /// <param name="content">What it should be.</param>
    /// <param name="read">Copies it to an empty stream that can seek; false where there is none.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<BlobState> ReceiveAsync(ContentDigest content, Func<Stream, Task<bool>> read, CancellationToken cancellationToken)
    {
        var aside = layout.NewTemporary();
        try
        {
            var file = new FileStream(aside, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, BufferSize, FileOptions.Asynchronous);
            await using (file.ConfigureAwait(false))
            {
                if (!await read(file).ConfigureAwait(false))
                {
                    return BlobState.Missing;
                }

                file.Position = 0;
                if (file.Length != content.Size
                    || Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken).ConfigureAwait(false)) != content.Sha256)
                {
                    return BlobState.Damaged;
                }

                file.Flush(flushToDisk: true);
            }

            Publish(aside, layout.Content(content.Sha256));
            return BlobState.Good;
        }
        finally
        {
            File.Delete(aside);
        }
    }

    /// <summary>Opens a content, which nobody has read through.</summary>
    /// <exception cref="IOException">It cannot be read, or there is none.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be read.</exception>
    public FileStream Open(ContentDigest content) => new(
        layout.Content(content.Sha256), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, BufferSize);

    /// <summary>Moves a finished file into place, and makes that durable.</summary>
    public static void Publish(string aside, string target)
    {
        var folder = Path.GetDirectoryName(target)!;
        Directory.CreateDirectory(folder);
        File.Move(aside, target, overwrite: true);
        FolderFlush.Flush(folder);
        FolderFlush.Flush(Path.GetDirectoryName(folder)!);
    }

    /// <summary>Reads a content through. What is not what its name says is set aside.</summary>
    public BlobState Check(ContentDigest digest, CancellationToken cancellationToken) =>
        CopyTo(digest, Stream.Null, cancellationToken);

    /// <summary>
    /// Copies a content to a stream. Only where the answer is <see cref="BlobState.Good"/> did the stream get the content.
    /// </summary>
    public BlobState CopyTo(ContentDigest digest, Stream target, CancellationToken cancellationToken)
    {
        try
        {
            using var file = Open(digest);
            if (file.Length == digest.Size)
            {
                var sha256 = Hash(target, hashed => Copy(file, hashed, cancellationToken));
                if (sha256 == digest.Sha256)
                {
                    return BlobState.Good;
                }
            }
        }
        catch (Exception e) when (StoreLayout.IsGone(e))
        {
            return BlobState.Missing;
        }

        SetAside(layout.Content(digest.Sha256));
        return BlobState.Damaged;
    }

    /// <summary>Moves a damaged file out of the way; where that is not allowed, it stays and is found damaged again.</summary>
    public void SetAside(string path)
    {
        try
        {
            Directory.CreateDirectory(layout.Damaged);
            File.Move(path, Path.Combine(layout.Damaged, $"{Path.GetFileName(path)}.{Guid.NewGuid():N}"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Whoever reads it next finds the same damage.
        }
    }

    private static string Hash(Stream target, Action<Stream> write)
    {
        using var sha256 = SHA256.Create();
        using (var hashed = new CryptoStream(target, sha256, CryptoStreamMode.Write, leaveOpen: true))
        {
            write(hashed);
        }

        return Convert.ToHexStringLower(sha256.Hash!);
    }

    private static void Copy(Stream source, Stream target, CancellationToken cancellationToken)
    {
        var buffer = new byte[BufferSize];
        int read;
        while ((read = source.Read(buffer)) > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            target.Write(buffer, 0, read);
        }
    }
}
