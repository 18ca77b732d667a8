using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ModelSlim.Training.Checkpoints;

/// <summary>
/// A file that says how far a training is: a mark, the job's digest, steps done and planned, the digests of the attachments, the
/// state, and the SHA-256 of all that.
/// </summary>
/// <param name="Done">Steps that were taken.</param>
/// <param name="Total">Steps in all.</param>
/// <param name="Attachments">Digests of other files that belong to the state.</param>
internal sealed record Checkpoint(int Done, int Total, ImmutableArray<string> Attachments) : IDisposable
{
    // Stays open, since another file may take its place meanwhile.
    private FileStream? file;

    private static ReadOnlySpan<byte> Mark => "MSLIMCK1"u8;

    /// <summary>Bytes before the state.</summary>
    private int HeaderSize => Mark.Length + SHA256.HashSizeInBytes + (3 * sizeof(int)) + (Attachments.Length * SHA256.HashSizeInBytes);

    /// <summary>Reads the state of a checkpoint that was opened.</summary>
    /// <exception cref="InvalidDataException">It is not the state that is read.</exception>
    public void Read(Action<StateReader> read)
    {
        file!.Position = HeaderSize;
        try
        {
            read(new StateReader(file));
        }
        catch (Exception e) when (e is EndOfStreamException or JsonException)
        {
            throw new InvalidDataException($"{file.Name} has another state than is read.", e);
        }
    }

    /// <summary>Writes everything.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="job">Digest of the job, in hexadecimal.</param>
    /// <param name="write">Writes the state.</param>
    public void Write(Stream stream, string job, Action<StateWriter> write)
    {
        using var sha256 = SHA256.Create();
        using (var hashed = new CryptoStream(stream, sha256, CryptoStreamMode.Write, leaveOpen: true))
        {
            hashed.Write(Mark);
            hashed.Write(Convert.FromHexString(job));
            foreach (var number in new[] { Done, Total, Attachments.Length })
            {
                hashed.Write(BitConverter.GetBytes(number));
            }

            foreach (var attachment in Attachments)
            {
                hashed.Write(Convert.FromHexString(attachment));
            }

            write(new StateWriter(hashed));
        }

        stream.Write(sha256.Hash);
    }

    /// <summary>Reads a file through.</summary>
    /// <param name="path">The file.</param>
    /// <param name="job">Digest of the job that it has to be of.</param>
    /// <returns>The checkpoint; null where there is none, or it is of another job, or not as it was written.</returns>
    public static Checkpoint? Open(string path, string job)
    {
        FileStream? file = null;
        try
        {
            file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var checkpoint = IsWhole(file) ? Header(file, job) : null;
            if (checkpoint is not null)
            {
                (checkpoint.file, file) = (file, null);
            }

            return checkpoint;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
        finally
        {
            file?.Dispose();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => file?.Dispose();

    private static bool IsWhole(FileStream file)
    {
        var left = file.Length - SHA256.HashSizeInBytes;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 17];
        while (left > 0)
        {
            var part = buffer.AsSpan(0, (int)Math.Min(left, buffer.Length));
            file.ReadExactly(part);
            hash.AppendData(part);
            left -= part.Length;
        }

        Span<byte> stored = stackalloc byte[SHA256.HashSizeInBytes];
        return left == 0 && file.ReadAtLeast(stored, stored.Length, throwOnEndOfStream: false) == stored.Length
            && hash.GetHashAndReset().AsSpan().SequenceEqual(stored);
    }

    private static Checkpoint? Header(FileStream file, string job)
    {
        file.Position = 0;
        using var reader = new BinaryReader(file, Encoding.UTF8, leaveOpen: true);
        if (!reader.ReadBytes(Mark.Length).AsSpan().SequenceEqual(Mark)
            || Convert.ToHexStringLower(reader.ReadBytes(SHA256.HashSizeInBytes)) != job)
        {
            return null;
        }

        var (done, total, count) = (reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32());
        if (count < 0 || count > (file.Length - file.Position) / SHA256.HashSizeInBytes)
        {
            return null;
        }

        var digests = Enumerable.Range(0, count).Select(_ => Convert.ToHexStringLower(reader.ReadBytes(SHA256.HashSizeInBytes)));
        return new Checkpoint(done, total, [.. digests]);
    }
}
