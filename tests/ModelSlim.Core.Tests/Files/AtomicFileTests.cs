using ModelSlim.Core.Files;
using ModelSlim.Testing;

namespace ModelSlim.Core.Tests.Files;

public sealed class AtomicFileTests
{
    [Fact]
    public void A_file_that_cannot_be_finished_leaves_the_old_one()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("file", "old");

        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(path, stream =>
        {
            stream.WriteByte(1);
            throw new InvalidOperationException();
        }));

        Assert.Equal("old", File.ReadAllText(path));
        Assert.Single(Directory.GetFiles(folder.FullName));
    }

    [Fact]
    public void A_file_in_place_of_the_folder_is_an_error_of_the_system()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("file", "");

        Assert.ThrowsAny<IOException>(() => AtomicFile.Write(Path.Combine(file, "inner"), stream => stream.WriteByte(1)));
    }
}
