using ModelSlim.Testing;

namespace ModelSlim.Build.Tests;

public sealed class SlimModelInputsTests
{
    [Fact]
    public void Files_come_back_in_order_with_those_of_folders()
    {
        using var folder = new TemporaryFolder();
        var (list, single) = (folder.File("a.inputs.txt"), folder.Write("z.gz", "z"));
        var pictures = Directory.CreateDirectory(folder.File("pictures")).FullName + "/";
        var (second, first) = (folder.Write("pictures/2.png", "2"), folder.Write("pictures/1.png", "1"));

        new SlimModelInputs(list).Write([single, pictures], DateTime.UtcNow);

        var (files, changed) = new SlimModelInputs(list).Read();
        Assert.Equal([first, second, single], files.Select(Path.GetFullPath));
        Assert.False(changed);
    }

    [Fact]
    public void A_file_that_appears_in_a_folder_or_leaves_it_is_a_change()
    {
        using var folder = new TemporaryFolder();
        var list = folder.File("a.inputs.txt");
        var pictures = Directory.CreateDirectory(folder.File("pictures")).FullName + "/";
        folder.Write("pictures/1.png", "1");
        new SlimModelInputs(list).Write([pictures], DateTime.UtcNow);
        Assert.False(new SlimModelInputs(list).Read().Changed);
        var added = folder.Write("pictures/0.png", "0");

        Assert.True(new SlimModelInputs(list).Read().Changed);

        new SlimModelInputs(list).Write([pictures], DateTime.UtcNow);
        File.Delete(added);
        Assert.True(new SlimModelInputs(list).Read().Changed);
    }

    [Fact]
    public void A_folder_with_classes_in_a_circle_has_an_end()
    {
        using var folder = new TemporaryFolder();
        var list = folder.File("a.inputs.txt");
        var picture = folder.Write("pictures/cats/1.png", "1");
        folder.Write("pictures/cats/kittens/2.png", "2");
        Directory.CreateSymbolicLink(folder.File("pictures", "cats", "again"), folder.File("pictures"));
        new SlimModelInputs(list).Write([folder.File("pictures") + "/"], DateTime.UtcNow);

        Assert.Equal([picture], new SlimModelInputs(list).Read().Files.Select(Path.GetFullPath));
    }

    [Theory]
    [InlineData("pictures/0.png")]
    [InlineData("pictures/cats/0.png")]
    public void A_file_that_appears_in_a_folder_while_the_tool_works_is_a_change(string added)
    {
        using var folder = new TemporaryFolder();
        var list = folder.File("a.inputs.txt");
        folder.Write("pictures/cats/1.png", "1");
        var start = DateTime.UtcNow;
        Thread.Sleep(20);
        File.SetLastWriteTimeUtc(folder.Write(added, "0"), start.AddYears(-1));

        new SlimModelInputs(list).Write([folder.File("pictures") + "/"], start);

        Assert.True(new SlimModelInputs(list).Read().Changed);
    }

    [Fact]
    public void Without_a_list_there_are_no_files() => Assert.Empty(new SlimModelInputs("nowhere.txt").Read().Files);
}
