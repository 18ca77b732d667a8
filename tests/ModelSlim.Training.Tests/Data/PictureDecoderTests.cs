using ModelSlim.Training.Data;

namespace ModelSlim.Training.Tests.Data;

public sealed class PictureDecoderTests : IDisposable
{
    private readonly DataFolder folder = new();
    private readonly PictureDecoder decoder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>A bitmap file needs no pixels to declare any number of them.</summary>
    [Theory]
    [InlineData(3000, 3000, 54)]
    [InlineData(8000, 8000, 2000)]
    [InlineData(20_000, 20_000, 1 << 20)]
    public void A_file_that_declares_more_than_any_of_its_length_holds_is_refused_by_its_header(int height, int width, int length)
    {
        var path = folder.Write("x.bmp", Bitmap(height, width, length));

        var before = GC.GetAllocatedBytesForCurrentThread();
        var refused = Assert.Throws<InvalidDataException>(() => decoder.ReadSize(path));
        Assert.Contains($"{height} x {width}", refused.Message);
        Assert.Throws<InvalidDataException>(() => decoder.Decode(path, gray: false, out _));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void Pixels_of_one_colour_are_decoded_though_they_pack_well()
    {
        var path = folder.Picture("x.png", 3000, 3000, (_, _) => (1, 2, 3));

        var values = decoder.Decode(path, gray: false, out var picture);

        Assert.Equal((3000, 3000), (picture.Height, picture.Width));
        Assert.Equal([1f, 2, 3], values[^3..]);
    }

    private static byte[] Bitmap(int height, int width, int length)
    {
        var bytes = new byte[length];
        byte[] head = [(byte)'B', (byte)'M', .. BitConverter.GetBytes(length), 0, 0, 0, 0, 54, 0, 0, 0, 40, 0, 0, 0, .. BitConverter.GetBytes(width), .. BitConverter.GetBytes(height), 1, 0, 24, 0];
        head.CopyTo(bytes, 0);
        return bytes;
    }
}
