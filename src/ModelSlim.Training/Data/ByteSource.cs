using Microsoft.Win32.SafeHandles;

namespace ModelSlim.Training.Data;

/// <summary>Bytes that can be read from any place by any thread.</summary>
internal abstract class ByteSource : IDisposable
{
    /// <summary>Fills <paramref name="target"/> with the bytes from <paramref name="offset"/> on.</summary>
    /// <exception cref="InvalidDataException">There are not as many bytes any more; the message names the file.</exception>
    public abstract void Read(long offset, Span<byte> target);

    /// <inheritdoc/>
    public virtual void Dispose()
    {
    }

    /// <summary>Bytes of a plain file, read when they are asked for.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="handle">The open file.</param>
    /// <param name="owner">What to dispose with it; null means the handle alone.</param>
    public sealed class OfFile(string path, SafeFileHandle handle, IDisposable? owner = null) : ByteSource
    {
        /// <inheritdoc/>
        public override void Read(long offset, Span<byte> target)
        {
            while (!target.IsEmpty)
            {
                var count = RandomAccess.Read(handle, target, offset);
                if (count == 0)
                {
                    throw new InvalidDataException($"{path} became shorter while it was read.");
                }

                offset += count;
                target = target[count..];
            }
        }

        /// <inheritdoc/>
        public override void Dispose() => (owner ?? handle).Dispose();
    }

    /// <summary>Bytes in memory.</summary>
    public sealed class OfMemory(byte[] bytes) : ByteSource
    {
        /// <inheritdoc/>
        public override void Read(long offset, Span<byte> target) =>
            bytes.AsSpan(checked((int)offset), target.Length).CopyTo(target);
    }
}
