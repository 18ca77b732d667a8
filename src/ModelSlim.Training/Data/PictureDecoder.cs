using SkiaSharp;

namespace ModelSlim.Training.Data;

/// <summary>Decodes PNG, JPEG, BMP and WebP files to bytes. Transparency and the orientation tag are left out of account.</summary>
internal sealed class PictureDecoder
{
    /// <summary>Pixels of the largest picture that is decoded.</summary>
    public const long MaxPixels = 64L * 1024 * 1024;

    // Any file may have these; more only where it is long enough: no format that is decoded packs real pixels closer, since deflate
    // makes at most 1032 bytes of one, and a pixel may be a bit.
    private const long PixelsOfAnyFile = 4L * 1024 * 1024;
    private const long PixelsOfAByte = 1032 * 8;

    /// <summary>Pixels that are decoded of a file of this length, so that a small file cannot take much memory.</summary>
    public static long MaxPixelsOf(long length) => Math.Min(MaxPixels, PixelsOfAnyFile + (PixelsOfAByte * length));

    /// <summary>Reads the size without decoding.</summary>
    /// <exception cref="InvalidDataException">This is not a picture, or it is too large; the message names the file.</exception>
    public (int Height, int Width) ReadSize(string path)
    {
        using var codec = Open(path);
        return (codec.Info.Height, codec.Info.Width);
    }

    /// <summary>Decodes a picture.</summary>
    /// <param name="path">The file.</param>
    /// <param name="gray">One channel of luma (ITU-R BT.601) rather than three.</param>
    /// <param name="picture">How the values lie.</param>
    /// <returns>Values 0 to 255, channels last, red first.</returns>
    /// <exception cref="InvalidDataException">The picture is damaged or too large; the message names the file.</exception>
    public float[] Decode(string path, bool gray, out StoredPicture picture)
    {
        using var codec = Open(path);
        var info = new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul);
        using var bitmap = new SKBitmap();
        if (!bitmap.TryAllocPixels(info))
        {
            throw new InvalidDataException($"{path} is a picture of {info.Height} x {info.Width}, for which there is no memory.");
        }

        var outcome = codec.GetPixels(info, bitmap.GetPixels());
        if (outcome != SKCodecResult.Success)
        {
            throw new InvalidDataException($"{path} is a damaged picture ({outcome}).");
        }

        var pixels = bitmap.GetPixelSpan();
        var channels = gray ? 1 : 3;
        var values = new float[info.Height * info.Width * channels];
        for (int from = 0, to = 0; to < values.Length; from += 4)
        {
            if (gray)
            {
                // The integer luma of libjpeg and Pillow.
                values[to++] = ((pixels[from] * 19595) + (pixels[from + 1] * 38470) + (pixels[from + 2] * 7471) + 32768) >> 16;
            }
            else
            {
                values[to++] = pixels[from];
                values[to++] = pixels[from + 1];
                values[to++] = pixels[from + 2];
            }
        }

        picture = new StoredPicture(channels, info.Height, info.Width, Core.Recipes.ImageLayout.Nhwc);
        return values;
    }

    private static SKCodec Open(string path)
    {
        SKCodec? codec;
        try
        {
            codec = SKCodec.Create(path, out _);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"{path} cannot be opened: {failure.Message}", failure);
        }

        if (codec is null)
        {
            throw new InvalidDataException($"{path} is not a picture that can be read.");
        }

        var (height, width) = (codec.Info.Height, codec.Info.Width);
        var length = new FileInfo(path).Length;
        var most = MaxPixelsOf(length);
        if ((long)height * width > most)
        {
            codec.Dispose();
            throw new InvalidDataException($"{path} declares {height} x {width} pixels; at most {most} are decoded of a file of {length} bytes.");
        }

        return codec;
    }
}
