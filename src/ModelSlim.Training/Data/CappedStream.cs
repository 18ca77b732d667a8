namespace ModelSlim.Training.Data;

/// <summary>Reads another stream, and no more of it than it is allowed to hold: what unpacks to far more than it should is no data.</summary>
/// <param name="source">The stream; disposed with this one.</param>
/// <param name="most">How many bytes it may hold.</param>
internal sealed class CappedStream(Stream source, long most) : Stream
{
    private long read;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => read;
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">It holds more.</exception>
    public override int Read(Span<byte> buffer)
    {
        var count = source.Read(buffer);
        read += count;
        return read <= most ? count : throw new InvalidDataException($"it unpacks to more than {most} bytes; unpack it, if it is what it should be");
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            source.Dispose();
        }

        base.Dispose(disposing);
    }
}
