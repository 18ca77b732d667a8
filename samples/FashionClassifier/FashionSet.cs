using System.Collections.Immutable;
using System.IO.Compression;

namespace FashionClassifier;

/// <summary>Pictures of clothes, 28 x 28 grey pixels each, with what they show: files of Fashion-MNIST.</summary>
public sealed class FashionSet
{
    /// <summary>Rows, and columns, of a picture.</summary>
    public const int Side = 28;

    private const int ImageHeader = 16;
    private const int LabelHeader = 8;

    private readonly byte[] _images;
    private readonly byte[] _labels;

    /// <summary>Reads an IDX file of images and one of labels, both gzipped.</summary>
    public FashionSet(string images, string labels)
    {
        _images = Read(images);
        _labels = Read(labels);
    }

    /// <summary>What a label means.</summary>
    public static ImmutableArray<string> Names { get; } =
        ["T-shirt", "trousers", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle boot"];

    /// <summary>Number of pictures.</summary>
    public int Count => _labels.Length - LabelHeader;

    /// <summary>What picture <paramref name="index"/> shows: a position in <see cref="Names"/>.</summary>
    public int Label(int index) => _labels[LabelHeader + index];

    /// <summary>Pixels of a picture, row by row, 0 is background.</summary>
    public ReadOnlyMemory<byte> Pixels(int index) => _images.AsMemory(ImageHeader + (index * Side * Side), Side * Side);

    private static byte[] Read(string path)
    {
        using var file = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        file.CopyTo(bytes);
        return bytes.ToArray();
    }
}
