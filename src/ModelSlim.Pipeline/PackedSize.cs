using System.IO.Compression;
using ModelSlim.Core.Onnx;

namespace ModelSlim.Pipeline;

/// <summary>How many bytes a model takes in a zip file, as in a package.</summary>
/// <param name="writer">Writes models.</param>
public sealed class PackedSize(OnnxWriter writer)
{
    /// <summary>Packs it, with the data beside it if there are any, and counts.</summary>
    /// <param name="model">The model.</param>
    public long Of(OnnxModel model)
    {
        var written = writer.Prepare(model, "model" + OnnxWriter.DataSuffix);
        using var count = new CountingStream();
        using (var packed = new DeflateStream(count, CompressionLevel.Optimal, leaveOpen: true))
        {
            written.WriteModel(packed);
            if (written.HasData)
            {
                written.WriteData(packed);
            }
        }

        return count.Length;
    }

    private sealed class CountingStream : Stream
    {
        private long length;

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => length;

        public override long Position
        {
            get => length;
            set => throw new NotSupportedException();
        }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => length += count;

        public override void Write(ReadOnlySpan<byte> buffer) => length += buffer.Length;
    }
}
