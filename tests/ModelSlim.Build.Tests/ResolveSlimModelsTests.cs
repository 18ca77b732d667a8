using Microsoft.Build.Utilities;
using ModelSlim.Build.Tests.Testing;
using ModelSlim.Testing;

namespace ModelSlim.Build.Tests;

public sealed class ResolveSlimModelsTests
{
    private readonly RecordingEngine _engine = new();

    [Fact]
    public void A_recipe_that_cannot_be_read_is_an_error_in_one_line()
    {
        using var folder = new TemporaryFolder();
        var recipe = folder.Write("prune.yaml", "target: { macs: 50% }");
        using var held = new FileStream(recipe, FileMode.Open, FileAccess.ReadWrite, FileShare.None);

        Assert.False(TaskFor(folder, "obj").Execute());

        AssertError(folder.File("a.onnx"), "prune.yaml");
    }

    [Fact]
    public void An_obj_folder_that_cannot_be_written_is_an_error_in_one_line()
    {
        using var folder = new TemporaryFolder();
        folder.Write("prune.yaml", "");
        folder.Write("obj", "a file, not a folder");

        Assert.False(TaskFor(folder, "obj/modelslim").Execute());

        AssertError(folder.File("a.onnx"), "obj");
    }

    [Fact]
    public void A_folder_that_contains_itself_has_an_end()
    {
        using var folder = new TemporaryFolder();
        folder.Write("prune.yaml", "");
        var picture = folder.Write("data/cats/1.png", "one");
        Directory.CreateSymbolicLink(folder.File("data", "cats", "again"), folder.File("data"));
        folder.Write("obj/a.onnx.inputs.txt", folder.File("data") + "/\tunknown\n");
        var task = TaskFor(folder, "obj");

        Assert.True(task.Execute());

        Assert.Empty(_engine.Errors);
        Assert.Equal(picture, Path.GetFullPath(Assert.Single(task.Resolved).GetMetadata("DataFiles")));
    }

    private void AssertError(string file, string named)
    {
        var error = Assert.Single(_engine.Errors);
        Assert.Equal(("MSLIM8011", file), (error.Code, error.File));
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("\n", error.Message, StringComparison.Ordinal);
    }

    private ResolveSlimModels TaskFor(TemporaryFolder folder, string intermediate) => new()
    {
        BuildEngine = _engine,
        Models = [new TaskItem(folder.Write("a.onnx", "model a"))],
        ProjectDirectory = folder.FullName,
        IntermediateDirectory = intermediate,
        Mode = "Auto",
        ToolAssembly = "modelslim.dll",
    };
}
