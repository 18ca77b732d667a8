using System.IO.Compression;
using ModelSlim.Training.Data;

namespace ModelSlim.Training.Tests.Data;

public sealed class CappedStreamTests
{
    [Theory]
    [InlineData(1000, false)]
    [InlineData(1001, true)]
    [InlineData(1 << 24, true)]
    public void What_unpacks_to_more_than_it_may_is_refused_when_it_does(int length, bool refused)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(new byte[length]);
        }

        packed.Position = 0;
        using var capped = new CappedStream(new GZipStream(packed, CompressionMode.Decompress), most: 1000);
        using var unpacked = new MemoryStream();

        var failure = Record.Exception(() => capped.CopyTo(unpacked, bufferSize: 64));

        Assert.Equal(refused, failure is InvalidDataException);
        Assert.InRange(unpacked.Length, refused ? 900 : 1000, 1000);
    }
}
