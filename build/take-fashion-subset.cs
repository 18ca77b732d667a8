// Cuts the data of samples/FashionClassifier out of Fashion-MNIST: all 10,000 test images, the first 10,000 training images.
// dotnet run build/take-fashion-subset.cs -- FOLDER-OF-FASHION-MNIST samples/FashionClassifier/data
using System.Buffers.Binary;
using System.IO.Compression;

const int kept = 10_000;
var (source, target) = (args[0], args[1]);
foreach (var set in (string[])["t10k", "train"])
{
    Take($"{set}-images-idx3-ubyte.gz", headerBytes: 16, itemBytes: 28 * 28);
    Take($"{set}-labels-idx1-ubyte.gz", headerBytes: 8, itemBytes: 1);
}

void Take(string name, int headerBytes, int itemBytes)
{
    using var whole = new GZipStream(File.OpenRead(Path.Combine(source, name)), CompressionMode.Decompress);
    var part = new byte[headerBytes + (kept * itemBytes)];
    whole.ReadExactly(part);
    BinaryPrimitives.WriteInt32BigEndian(part.AsSpan(4), kept);
    using var file = new GZipStream(File.Create(Path.Combine(target, name)), CompressionLevel.SmallestSize);
    file.Write(part);
    Console.WriteLine($"{name}: {kept} of them");
}
