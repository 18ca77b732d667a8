using ModelSlim.Training.Runtime;

namespace ModelSlim.Training.Tests.Runtime;

public sealed class PrivateFolderTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("modelslim-private-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Stores_content_once_and_for_this_user_alone()
    {
        var store = new PrivateFolder(Path.Combine(folder.FullName, "native"));
        var first = store.Store("x.so", "content"u8);
        var written = File.GetLastWriteTimeUtc(first);

        Assert.Equal(first, store.Store("x.so", "content"u8));
        Assert.Equal(written, File.GetLastWriteTimeUtc(first));
        Assert.NotEqual(first, store.Store("x.so", "other"u8));
        Assert.Equal("x.so", Path.GetFileName(first));
        Assert.Single(Directory.EnumerateFiles(Path.GetDirectoryName(first)!));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
                File.GetUnixFileMode(Path.GetDirectoryName(first)!));
        }
    }

    [Fact]
    public void Never_trusts_a_file_by_its_name()
    {
        var store = new PrivateFolder(folder.FullName);
        var path = store.Store("x.so", "content"u8);
        File.WriteAllText(path, "swapped");
        Assert.Equal(path, store.Store("x.so", "content"u8));
        Assert.Equal("content", File.ReadAllText(path));
    }

    [Fact]
    public void Many_writers_do_no_harm()
    {
        var store = new PrivateFolder(folder.FullName);
        var paths = new string[16];
        Parallel.For(0, paths.Length, i => paths[i] = store.Store("x.so", "content"u8));
        Assert.Equal("content", File.ReadAllText(Assert.Single(paths.Distinct())));
        Assert.Single(Directory.EnumerateFiles(Path.GetDirectoryName(paths[0])!));
    }
}
