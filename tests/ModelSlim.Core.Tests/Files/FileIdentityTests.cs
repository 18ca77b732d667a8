using ModelSlim.Core.Files;
using ModelSlim.Testing;

namespace ModelSlim.Core.Tests.Files;

public sealed class FileIdentityTests
{
    [Fact]
    public void A_file_is_itself_however_the_path_is_written()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("a/net.onnx", "x");

        Assert.True(new FileIdentity().AreSame(file, folder.FullName + "/a/../a/./net.onnx"));
        Assert.True(new FileIdentity().AreSame(folder.FullName + "/none", folder.FullName + "//none"));
        Assert.False(new FileIdentity().AreSame(file, folder.Write("b/net.onnx", "x")));
    }

    [Fact]
    public void Links_lead_to_the_file_they_point_to()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("a/net.onnx", "x");
        File.CreateSymbolicLink(folder.File("link.onnx"), Path.Combine("a", "net.onnx"));
        File.CreateSymbolicLink(folder.File("second.onnx"), folder.File("link.onnx"));
        Directory.CreateSymbolicLink(folder.File("b"), folder.File("a"));

        Assert.All(
            [folder.File("link.onnx"), folder.File("second.onnx"), folder.FullName + "/b/net.onnx"],
            path => Assert.True(new FileIdentity().AreSame(file, path), path));
        Assert.True(new FileIdentity().AreSame(folder.FullName + "/a/new.onnx", folder.FullName + "/b/new.onnx"));
    }

    [Fact]
    public void Links_in_a_circle_have_an_end()
    {
        using var folder = new TemporaryFolder();
        File.CreateSymbolicLink(folder.File("a"), folder.File("b"));
        File.CreateSymbolicLink(folder.File("b"), folder.File("a"));

        Assert.False(new FileIdentity().AreSame(folder.File("a"), folder.File("c")));
    }

    [Theory]
    [InlineData("nets/Net.onnx", "nets/net.onnx", true)]
    [InlineData("Nets/net.onnx", "nets/NET.onnx", true)]
    [InlineData("nets/net.onnx", "nets/net2.onnx", false)]
    [InlineData("nets/none.onnx", "nets/None.onnx", false)]
    public void Case_does_not_count_where_one_name_stands_for_both(string path, string other, bool same)
    {
        var stored = Path.GetFullPath("nets/Net.onnx");
        var identity = new FileIdentity(
            asked => asked.Equals(stored, StringComparison.OrdinalIgnoreCase),
            folder => folder.EndsWith("nets" + Path.DirectorySeparatorChar, StringComparison.OrdinalIgnoreCase) ? ["Net.onnx"] : ["nets"]);

        Assert.Equal(same, identity.AreSame(path, other));
    }

    [Fact]
    public void Case_counts_where_both_names_are_there()
    {
        var identity = new FileIdentity(_ => true, _ => ["Net.onnx", "net.onnx"]);

        Assert.False(identity.AreSame("Net.onnx", "net.onnx"));
    }
}
