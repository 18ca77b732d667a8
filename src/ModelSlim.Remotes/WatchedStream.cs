using System.Runtime.ExceptionServices;

namespace ModelSlim.Remotes;

/// <summary>Passes on what is read from or written to another stream, tells how much, and keeps what the other stream throws.</summary>
/// <param name="inner">The other stream, which can seek.</param>
/// <param name="moved">Told how many bytes.</param>
internal sealed class WatchedStream(Stream inner, Action<int> moved) : Stream
{
    /// <inheritdoc/>
    public override bool CanRead => inner.CanRead;

    /// <inheritdoc/>
    public override bool CanSeek => true;

    /// <inheritdoc/>
    public override bool CanWrite => inner.CanWrite;

    /// <inheritdoc/>
    public override long Length => inner.Length;

    /// <inheritdoc/>
    public override long Position
    {
        get => inner.Position;
        set => inner.Position = value;
    }

    /// <summary>What the other stream threw; null where it threw nothing.</summary>
    public ExceptionDispatchInfo? Failure { get; private set; }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        try
        {
            var read = inner.Read(buffer);
            moved(read);
            return read;
        }
        catch (Exception e) when (Keep(e))
        {
            throw;
        }
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            var read = await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            moved(read);
            return read;
        }
        catch (Exception e) when (Keep(e))
        {
            throw;
        }
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            inner.Write(buffer);
            moved(buffer.Length);
        }
        catch (Exception e) when (Keep(e))
        {
            throw;
        }
    }

    /// <inheritdoc/>
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            await inner.WriteAsync(buffer, cancellationToken).ConfigureAwait(false);
            moved(buffer.Length);
        }
        catch (Exception e) when (Keep(e))
        {
            throw;
        }
    }

    /// <inheritdoc/>
    public override void Flush() => inner.Flush();

    /// <inheritdoc/>
    public override void SetLength(long value) => inner.SetLength(value);

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => inner.Seek(offset, origin);

    private bool Keep(Exception e)
    {
        if (e is not OperationCanceledException)
        {
            Failure = ExceptionDispatchInfo.Capture(e);
        }

        return false;
    }
}
