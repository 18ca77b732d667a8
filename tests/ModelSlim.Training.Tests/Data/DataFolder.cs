using System.Buffers.Binary;
using System.IO.Compression;
using ModelSlim.Core.Tensors;
using ModelSlim.Testing;
using SkiaSharp;

namespace ModelSlim.Training.Tests.Data;

/// <summary>A temporary folder with data files that tests write byte by byte.</summary>
internal sealed class DataFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("modelslim-data-");

    public string Path => folder.FullName;

    public string Of(string name)
    {
        var path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        return path;
    }

    public string Write(string name, ReadOnlySpan<byte> bytes)
    {
        File.WriteAllBytes(Of(name), bytes);
        return Of(name);
    }

    public string Gzip(string name, byte[] bytes)
    {
        using var stream = new GZipStream(File.Create(Of(name)), CompressionLevel.Optimal);
        stream.Write(bytes);
        return Of(name);
    }

    public string Picture(string name, int height, int width, Func<int, int, (byte R, byte G, byte B)> pixel)
    {
        using var bitmap = new SKBitmap(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var (r, g, b) = pixel(y, x);
                bitmap.SetPixel(x, y, new SKColor(r, g, b));
            }
        }

        var format = System.IO.Path.GetExtension(name) switch
        {
            ".jpg" => SKEncodedImageFormat.Jpeg,
            ".webp" => SKEncodedImageFormat.Webp,
            _ => SKEncodedImageFormat.Png,
        };
        using var file = File.Create(Of(name));
        bitmap.Encode(file, format, quality: 100);
        return Of(name);
    }

    public static byte[] Idx(byte type, int[] shape, byte[] elements)
    {
        var bytes = new byte[4 + (4 * shape.Length) + elements.Length];
        bytes[2] = type;
        bytes[3] = (byte)shape.Length;
        for (var axis = 0; axis < shape.Length; axis++)
        {
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4 + (4 * axis)), shape[axis]);
        }

        elements.CopyTo(bytes, 4 + (4 * shape.Length));
        return bytes;
    }

    public string Npz(string name, bool packed, params (string Name, byte[] Npy)[] arrays) => Write(name, DataFiles.Npz(packed, arrays));

    public string Tensor(string name, ElementType type, int[] shape, byte[] elements) => Write(name, DataFiles.Tensor(type, shape, elements));

    public void Dispose() => folder.Delete(recursive: true);
}
