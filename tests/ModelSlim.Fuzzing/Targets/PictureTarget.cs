using System.Buffers.Binary;
using ICSharpCode.SharpZipLib.Checksum;
using ModelSlim.Core.Recipes;
using ModelSlim.Training.Data;
using SkiaSharp;

namespace ModelSlim.Fuzzing.Targets;

/// <summary>Pictures of every format that is decoded.</summary>
public sealed class PictureTarget : SamplesTarget
{
    private const int HeadOfChunk = 8;
    private const int BytesOfAPixel = 16;

    private static readonly byte[] Mark = [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10];

    /// <inheritdoc/>
    public override string Name => "pictures";

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Seeds { get; } =
        [Encoded(SKEncodedImageFormat.Png), Encoded(SKEncodedImageFormat.Jpeg), Encoded(SKEncodedImageFormat.Webp), Bitmap()];

    /// <summary>What the pixels take that a file of this length may declare.</summary>
    public override long MostAllocated(int length) => (8L << 20) + (BytesOfAPixel * PictureDecoder.MaxPixelsOf(length));

    /// <summary>The chunks of a PNG file get their checksums.</summary>
    public override byte[] Seal(byte[] file)
    {
        for (var place = Mark.Length; file.AsSpan().StartsWith(Mark) && place + HeadOfChunk + sizeof(int) <= file.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(place));
            if (length > file.Length - place - HeadOfChunk - sizeof(int))
            {
                break;
            }

            var checksum = new Crc32();
            checksum.Update(new ArraySegment<byte>(file, place + sizeof(int), sizeof(int) + (int)length));
            place += HeadOfChunk + (int)length;
            BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(place), (uint)checksum.Value);
            place += sizeof(int);
        }

        return file;
    }

    /// <inheritdoc/>
    protected override string FileName => "pictures/x.png";

    /// <inheritdoc/>
    protected override bool ReadFile(string path) =>
        Opens(new DataSource(DataKind.Images, [Path.GetDirectoryName(path)!], null, null), Pictures);

    private static byte[] Encoded(SKEncodedImageFormat format)
    {
        using var bitmap = new SKBitmap(9, 7, SKColorType.Rgba8888, SKAlphaType.Opaque);
        for (var pixel = 0; pixel < 63; pixel++)
        {
            bitmap.SetPixel(pixel % 9, pixel / 9, new SKColor((byte)(4 * pixel), (byte)pixel, 99));
        }

        using var stream = new MemoryStream();
        bitmap.Encode(stream, format, quality: 90);
        return stream.ToArray();
    }

    // 2 x 2, 24 bits a pixel.
    private static byte[] Bitmap() =>
    [
        (byte)'B', (byte)'M', 70, 0, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0, 40, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 1, 0, 24, 0, .. new byte[24], .. new byte[16],
    ];
}
