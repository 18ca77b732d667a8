using ModelSlim.Core.Diagnostics;
using ModelSlim.Training.Data;

namespace ModelSlim.Training.Tests.Data;

public sealed class PictureFolderTests : IDisposable
{
    private const int Many = 20_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly DataFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Classes_that_are_one_folder_on_other_systems_are_refused()
    {
        folder.Write("Cat/x.png", "x"u8);
        folder.Write("dog/x.png", "x"u8);
        folder.Write("cat/y.png", "x"u8);
        Assert.SkipWhen(Directory.GetDirectories(folder.Path).Length < 3, "Case does not count here.");

        var refused = Assert.Single(PictureFolder.List(folder.Path, null, null, null).Diagnostics);

        Assert.Equal(DiagnosticCodes.ClassFoldersAlike, refused.Descriptor);
        Assert.Contains("'Cat' and 'cat'", refused.Message);
    }

    [Theory]
    [InlineData("caf\u00e9", "cafe\u0301", true)]
    [InlineData("CAFE\u0301 1", "caf\u00e9 1", true)]
    [InlineData("caf\u00e9", "cafe", false)]
    [InlineData("caf\u00e9", "caf\u00e8", false)]
    [InlineData("cafe\u0301", "cafe\u0301s", false)]
    [InlineData("\u732b", "\u72ac", false)]
    public void A_letter_with_a_mark_is_one_letter_however_it_is_written(string name, string other, bool alike)
    {
        Assert.Equal(alike, FolderNames.AreAlike(name, other));
        Assert.Equal(alike, FolderNames.AreAlike(other, name));
        folder.Write($"{name}/x.png", "x"u8);
        folder.Write($"{other}/y.png", "x"u8);
        Assert.SkipWhen(Directory.GetDirectories(folder.Path).Length < 2, "This system takes them for one.");

        var listed = PictureFolder.List(folder.Path, null, null, null);

        Assert.Equal(alike, listed.Diagnostics.Any(said => said.Descriptor == DiagnosticCodes.ClassFoldersAlike));
    }

    [Fact]
    public async Task Many_pictures_and_a_class_larger_than_all_others_are_listed_in_time()
    {
        for (var file = 0; file < Many; file++)
        {
            folder.Write($"{(file % 100 == 0 ? file : 0)}/{file}.png", []);
        }

        var listed = await Task.Run(() => PictureFolder.List(folder.Path, 300, null, null), TestContext.Current.CancellationToken)
            .WaitAsync(Patience, TestContext.Current.CancellationToken);

        // The first picture of each class comes first, so that all 200 classes are among 300.
        Assert.Equal((300, 200), (listed.Value!.Files.Length, listed.Value.Labels!.Distinct().Count()));
    }
}
