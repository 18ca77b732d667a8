using ModelSlim.Core.Fingerprints;
using ModelSlim.Core.Recipes;
using ModelSlim.Testing;

namespace ModelSlim.Core.Tests.Fingerprints;

public sealed class DataDigesterTests
{
    private static readonly DataDigester Digester = new(new FileDigester());

    [Fact]
    public void Names_and_times_of_single_files_do_not_count()
    {
        using var folder = new TemporaryFolder();
        var one = folder.Write("a/train.idx", "content");
        var other = folder.Write("b/renamed.idx", "content");
        File.SetLastWriteTimeUtc(other, DateTime.UnixEpoch);

        Assert.Equal(Digest(one), Digest(other));
    }

    [Fact]
    public void Content_and_place_of_files_count()
    {
        using var folder = new TemporaryFolder();
        var images = folder.Write("images", "content");
        var labels = folder.Write("labels", "contents");

        var digest = Digest(images, labels);

        Assert.NotEqual(digest, Digest(labels, images));
        Assert.NotEqual(digest, Digest(images));
        folder.Write("labels", "Contents");
        Assert.NotEqual(digest, Digest(images, labels));
    }

    [Fact]
    public void Where_a_folder_is_does_not_count()
    {
        using var folder = new TemporaryFolder();

        Assert.Equal(Digest(Pictures(folder, "here")), Digest(Pictures(folder, "there/deeper")));
    }

    [Theory]
    [InlineData("cat/1.png", "other")]
    [InlineData("cat/3.png", "new")]
    [InlineData("cow/0.png", "new")]
    public void What_is_in_a_folder_counts(string file, string content)
    {
        using var folder = new TemporaryFolder();
        var pictures = Pictures(folder, "pictures");
        var before = Digest(pictures);

        folder.Write($"pictures/{file}", content);

        Assert.NotEqual(before, Digest(pictures));
    }

    [Fact]
    public void A_renamed_picture_or_class_counts()
    {
        using var folder = new TemporaryFolder();
        var pictures = Pictures(folder, "pictures");
        var before = Digest(pictures);

        File.Move(Path.Combine(pictures, "cat", "1.png"), Path.Combine(pictures, "cat", "0.png"));
        var renamed = Digest(pictures);
        Directory.Move(Path.Combine(pictures, "cat"), Path.Combine(pictures, "zebra"));

        Assert.Equal(3, new HashSet<string> { before, renamed, Digest(pictures) }.Count);
    }

    [Fact]
    public void An_empty_class_counts_and_hidden_files_do_not()
    {
        using var folder = new TemporaryFolder();
        var pictures = Pictures(folder, "pictures");
        var before = Digest(pictures);

        folder.Write("pictures/.DS_Store", "x");
        folder.Write("pictures/cat/.hidden", "x");
        folder.Write("pictures/.thumbnails/1.png", "x");
        Assert.Equal(before, Digest(pictures));

        Directory.CreateDirectory(Path.Combine(pictures, "ant"));
        Assert.NotEqual(before, Digest(pictures));
    }

    [Fact]
    public void Missing_data_is_an_error()
    {
        using var folder = new TemporaryFolder();

        var result = Digester.Digest(Source(folder.File("nothing")), cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal("MSLIM6001", Assert.Single(result.Diagnostics).Code);
    }

    [Fact]
    public void Work_can_be_cancelled()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("file", "content");

        Assert.Throws<OperationCanceledException>(
            () => Digester.Digest(Source(file), cancellationToken: new CancellationToken(canceled: true)));
    }

    private static string Pictures(TemporaryFolder folder, string name)
    {
        folder.Write($"{name}/cat/1.png", "one");
        folder.Write($"{name}/cat/2.png", "two");
        folder.Write($"{name}/dog/1.png", "three");
        return folder.File(name);
    }

    private static string Digest(params string[] paths)
    {
        var result = Digester.Digest(Source(paths), cancellationToken: TestContext.Current.CancellationToken);
        return string.Join(' ', result.Value!.Parts);
    }

    private static DataSource Source(params string[] paths) => new(DataKind.Images, [.. paths], null, null);
}
