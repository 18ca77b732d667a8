using CsCheck;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Tensors;
using ModelSlim.Testing;

namespace ModelSlim.Core.Tests.Onnx;

public sealed class TensorFileTests : IDisposable
{
    private static readonly byte[] Whole = DataFiles.Tensor(ElementType.Float, [2, 3], DataFiles.Bytes(1f, 2f, 3f, 4f, 5f, 6f));

    private readonly TemporaryFolder folder = new();
    private readonly TensorFile reader = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Head_and_tensor_say_the_same()
    {
        var path = folder.Write("x.pb", Whole);

        var (head, tensor) = (reader.ReadHead(path), reader.Read(path));

        Assert.Equal((ElementType.Float, tensor.Type), (head.Type, head.Type));
        Assert.Equal([2, 3], head.Shape);
        Assert.Equal(head.Shape, tensor.Shape);
        Assert.Equal([1f, 2, 3, 4, 5, 6], tensor.ToSingles());
    }

    [Fact]
    public void Packed_extents_are_read_and_fields_that_do_not_matter_are_passed_over()
    {
        byte[] bytes = [0x42, 1, (byte)'x', 0x0A, 2, 2, 1, 0x10, 1, 0x4A, 8, .. DataFiles.Bytes(3f, 4f)];

        Assert.Equal([2, 1], reader.ReadHead(folder.Write("x.pb", bytes)).Shape);
    }

    [Fact]
    public void Elements_that_are_in_another_file_are_refused()
    {
        var path = folder.Write("x.pb", [0x08, 1, 0x10, 1, 0x70, 1]);

        Assert.Contains("another file", Assert.Throws<InvalidDataException>(() => reader.ReadHead(path)).Message, StringComparison.Ordinal);
        Assert.Contains("another file", Assert.Throws<InvalidDataException>(() => reader.Read(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_cut_short_anywhere_is_refused()
    {
        for (var length = 0; length < Whole.Length; length++)
        {
            var path = folder.Write("x.pb", Whole.AsSpan(0, length));

            Assert.Contains("x.pb", Assert.Throws<InvalidDataException>(() => reader.Read(path)).Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(new byte[] { 0x08, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F, 0x10, 1 })]
    [InlineData(new byte[] { 0x08, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01, 0x10, 1 })]
    [InlineData(new byte[] { 0x08, 0xFF, 0xFF, 0xFF, 0x7F, 0x08, 0xFF, 0xFF, 0xFF, 0x7F, 0x10, 1 })]
    public void Extents_that_no_tensor_has_are_refused_by_head_and_tensor(byte[] bytes)
    {
        var path = folder.Write("x.pb", bytes);

        Assert.Throws<InvalidDataException>(() => reader.ReadHead(path));
        Assert.Throws<InvalidDataException>(() => reader.Read(path));
    }

    /// <summary>Nothing but the exception of the contract, and no more memory than the file could fill many times over.</summary>
    [Fact]
    public void Damaged_files_are_read_or_refused_without_much_memory() =>
        Gen.Select(Gen.Int[0, Whole.Length - 1], Gen.Byte, Gen.Int[0, Whole.Length - 1], Gen.Byte).Array[1, 4].Sample(
            changes =>
            {
                var bytes = (byte[])Whole.Clone();
                foreach (var (at, value, other, second) in changes)
                {
                    (bytes[at], bytes[other]) = (value, second);
                }

                var path = folder.Write($"{Guid.NewGuid():n}.pb", bytes);
                var before = GC.GetAllocatedBytesForCurrentThread();
                Try(() => reader.ReadHead(path));
                Try(() => reader.Read(path));
                File.Delete(path);
                return GC.GetAllocatedBytesForCurrentThread() - before < 1 << 20;
            },
            iter: 2000);

    private static void Try(Action read)
    {
        try
        {
            read();
        }
        catch (InvalidDataException)
        {
            // The contract of a file that is no tensor.
        }
    }
}
