using ModelSlim.Testing;

namespace ModelSlim.Tool.Tests.Verbs;

/// <summary>A slim model that is written beside its original goes by the recipe of the folder, too; that is told, by whoever does it.</summary>
public sealed class SlimmedAgainTests
{
    private const string Recipe = "target: { macs: 50% }\n";

    [Theory]
    [InlineData("slim.onnx", "prune.yaml", true)]
    [InlineData("slim.onnx", "net.prune.yaml", false)]
    [InlineData("out/slim.onnx", "prune.yaml", false)]
    public async Task Who_writes_it_where_it_would_be_slimmed_again_is_told(string output, string recipe, bool told)
    {
        using var folder = new TemporaryFolder();
        var (model, slim) = (ToolRun.WriteModel(folder), folder.File(output));
        folder.Write(recipe, Recipe);

        var run = await ToolRun.Of("prune", model, "-o", slim, "--cache-dir", folder.File("store"), "-v", "m");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(told, run.Error.Contains($"{slim}: warning MSLIM1009: The slim model lies where {folder.File("prune.yaml")} is for every model", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_slims_it_again_is_told_which_model_it_was_made_of()
    {
        using var folder = new TemporaryFolder();
        var (model, slim, store) = (ToolRun.WriteModel(folder), folder.File("slim.onnx"), folder.File("store"));
        folder.Write("prune.yaml", Recipe);
        Directory.CreateDirectory(folder.File("out"));
        Task<ToolRun> Prune(string path, string cache) => ToolRun.Of("prune", path, "-o", folder.File("out", "slim.onnx"), "--cache-dir", cache, "-v", "m");

        Assert.Equal(0, (await ToolRun.Of("prune", model, "-o", slim, "--cache-dir", store)).ExitCode);
        var said = $"{slim}: warning MSLIM1009: This is a slim model already, made of 'net.onnx', and prune.yaml of its folder slims it again";
        Assert.All([await Prune(slim, store), await Prune(slim, store)], run => Assert.Contains(said, run.Error, StringComparison.Ordinal));
        Assert.Contains(said, (await ToolRun.Of("lock", folder.FullName, "--cache-dir", store, "-v", "m")).Error, StringComparison.Ordinal);
        Assert.DoesNotContain("MSLIM1009", (await Prune(model, store)).Error, StringComparison.Ordinal);

        // A recipe of its own says that it is meant; and another store knows nothing of it.
        Assert.DoesNotContain("MSLIM1009", (await Prune(slim, folder.File("another"))).Error, StringComparison.Ordinal);
        folder.Write("slim.prune.yaml", Recipe);
        Assert.DoesNotContain("MSLIM1009", (await Prune(slim, store)).Error, StringComparison.Ordinal);
    }
}
