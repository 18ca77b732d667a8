using ModelSlim.Training.Data;

namespace ModelSlim.Training.Tests.Data;

public sealed class SpoolTests
{
    [Theory]
    [InlineData(1000)]
    [InlineData(100)]
    [InlineData(0)]
    public void Gives_back_what_was_written_from_memory_or_from_a_file(int mostInMemory)
    {
        var bytes = Enumerable.Range(0, 900).Select(i => (byte)(i * 7)).ToArray();
        using var spool = new Spool(mostInMemory);
        spool.Write(bytes.AsSpan(0, 90));
        spool.CopyFrom(new MemoryStream(bytes[90..]), 810);

        using var source = spool.Finish("x");
        var back = new byte[700];
        source.Read(150, back);
        Assert.Equal(bytes[150..850], back);
    }

    [Fact]
    public void Leaves_no_file_behind_that_has_a_name()
    {
        // On Windows the file has a name until its last handle is closed.
        string[] Named() => Directory.GetFiles(Path.GetTempPath(), "modelslim-data-*");
        var before = Named();
        var spool = new Spool(mostInMemory: 1);
        spool.Write([1, 2, 3]);
        var meanwhile = OperatingSystem.IsWindows() ? [] : Named().Except(before).ToArray();
        spool.Finish("x").Dispose();

        Assert.Empty(meanwhile);
        Assert.Empty(Named().Except(before));
    }

    [Fact]
    public void Fewer_bytes_than_declared_are_an_end_of_file()
    {
        using var spool = new Spool();
        Assert.Throws<EndOfStreamException>(() => spool.CopyFrom(new MemoryStream(new byte[10]), 1L << 40));
    }
}
