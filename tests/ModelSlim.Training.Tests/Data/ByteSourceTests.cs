using ModelSlim.Core.Data;
using ModelSlim.Core.Recipes;
using ModelSlim.Testing;

namespace ModelSlim.Training.Tests.Data;

public sealed class ByteSourceTests : IDisposable
{
    private readonly DataFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_file_that_becomes_shorter_while_it_is_used_is_named()
    {
        var path = folder.Write("x.npy", DataFiles.Npy("<f4", "2, 3", new byte[24]));
        using var set = SampleReading.Open(new DataSource(DataKind.Npy, [path], null, SampleReading.Place), SampleReading.Vector(3));
        set.Read([1]);

        using (var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            file.SetLength(file.Length - 1);
        }

        var failure = Assert.Throws<UnreadableSampleException>(() => set.Read([1]));
        Assert.Equal("MSLIM6013", failure.Diagnostic.Code);
        Assert.Contains("x.npy", failure.Message);
        Assert.Contains("shorter", failure.Message);
    }
}
