using ModelSlim.Core.Onnx;
using ModelSlim.Core.Recipes;
using ModelSlim.Testing;

namespace ModelSlim.Tool.Tests.Verbs;

public sealed class InitVerbTests
{
    [Theory]
    [InlineData("net.onnx", "The recipe would overwrite the model")]
    [InlineData("app.csproj", "The recipe would overwrite the project")]
    public async Task What_is_read_is_never_overwritten(string output, string message)
    {
        using var folder = new TemporaryFolder();
        var model = ToolRun.WriteModel(folder);
        var project = folder.Write("app.csproj", "<Project />");
        var before = await File.ReadAllBytesAsync(folder.File(output), TestContext.Current.CancellationToken);

        var run = await ToolRun.Of("init", model, "--force", "-o", folder.File(output), "--project", project);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(folder.File(output), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_it_writes_works_as_it_is()
    {
        using var folder = new TemporaryFolder();
        var model = ToolRun.WriteModel(folder);

        var run = await ToolRun.Of("init", model);

        var recipe = Path.Combine(folder.FullName, "prune.yaml");
        var schema = Path.Combine(folder.FullName, "prune.schema.json");
        Assert.Equal((0, $"Wrote {recipe}, {schema}\n"), (run.ExitCode, run.Output));
        Assert.Equal(new RecipeSchema().Write(), await File.ReadAllTextAsync(schema, TestContext.Current.CancellationToken));
        var check = await ToolRun.Of("check", recipe);
        Assert.Equal((0, string.Empty), (check.ExitCode, check.Error.Replace("check 0/1: net.onnx\n", string.Empty, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_model_that_cannot_be_slimmed_is_promised_nothing()
    {
        using var folder = new TemporaryFolder();
        var builder = new ModelBuilder();
        builder.Output(builder.Conv(builder.Input("x", 1, 3, 8, 8), 16, kernel: 3, pad: 1));
        var model = folder.Write("net.onnx", new OnnxWriter().Write(builder.Build()));

        var run = await ToolRun.Of("init", model, "--no-schema");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("modelslim inspect says why", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "works as it is", await File.ReadAllTextAsync(folder.File("prune.yaml"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sizes_that_were_given_go_into_the_recipe()
    {
        using var folder = new TemporaryFolder();
        var model = folder.Write("net.onnx", new OnnxWriter().Write(OpenNet()));

        var guessed = await ToolRun.Of("init", model, "--no-schema");
        var given = await ToolRun.Of("init", model, "--no-schema", "--input", "x=1,1,18,18");

        Assert.Equal(7, guessed.ExitCode);
        Assert.Contains("error MSLIM4041: The file leaves sizes open that were guessed: 'x' [n, c, h, w]; give them in section inputs of prune.yaml", guessed.Error, StringComparison.Ordinal);
        Assert.Contains("--input", guessed.Error, StringComparison.Ordinal);
        Assert.Equal(0, given.ExitCode);
        Assert.Contains("\"x\": [1, 1, 18, 18]", await File.ReadAllTextAsync(folder.File("prune.yaml"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Among_several_models_the_recipe_has_the_models_name()
    {
        using var folder = new TemporaryFolder();
        ToolRun.WriteModel(folder, "other.onnx");

        var run = await ToolRun.Of("init", ToolRun.WriteModel(folder), "--no-schema", "--json");

        var recipe = Path.Combine(folder.FullName, "net.prune.yaml");
        Assert.Equal(recipe, (string?)run.Json["recipe"]);
        Assert.Equal([recipe], run.Json["written"]!.AsArray().Select(file => (string?)file));
        Assert.DoesNotContain("$schema", await File.ReadAllTextAsync(recipe, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recipe_that_is_there_stays_unless_forced()
    {
        using var folder = new TemporaryFolder();
        var model = ToolRun.WriteModel(folder);
        var recipe = folder.Write("prune.yaml", "target: { macs: 10% }");

        var refused = await ToolRun.Of("init", model);

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains($"{recipe}: error MSLIM0004", refused.Error, StringComparison.Ordinal);
        Assert.Equal("target: { macs: 10% }", await File.ReadAllTextAsync(recipe, TestContext.Current.CancellationToken));
        Assert.Equal(0, (await ToolRun.Of("init", model, "--force")).ExitCode);
        Assert.NotEqual("target: { macs: 10% }", await File.ReadAllTextAsync(recipe, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Adds_the_package_to_a_project()
    {
        using var folder = new TemporaryFolder();
        var project = folder.Write("app.csproj", "<Project Sdk=\"Microsoft.NET.Sdk\">\n</Project>\n");

        var run = await ToolRun.Of("init", ToolRun.WriteModel(folder), "--project", project);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains(
            $"<PackageReference Include=\"ModelSlim.Build\" Version=\"{ToolHost.Version}\" PrivateAssets=\"all\" />",
            await File.ReadAllTextAsync(project, TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
    }

    // Runs on pictures of 18 x 18 alone, and does not say so.
    private static OnnxModel OpenNet()
    {
        var builder = new ModelBuilder();
        var x = builder.Input("x", 1, 1, 18, 18);
        var y = builder.MaxPool(builder.Conv(builder.Relu(builder.Conv(x, 8, 3, pad: 1)), 8, 3));
        builder.Output(builder.Gemm(builder.Flatten(y), 4));
        var model = builder.Build();
        var input = model.Graph.Inputs[0] with { Shape = [new(null, "n"), new(null, "c"), new(null, "h"), new(null, "w")] };
        return model.With(model.Graph with { Inputs = [input] });
    }

    [Fact]
    public async Task What_is_no_model_gets_no_recipe()
    {
        using var folder = new TemporaryFolder();
        var model = folder.Write("net.onnx", "<html>");

        var run = await ToolRun.Of("init", model);

        Assert.Equal(7, run.ExitCode);
        Assert.Equal([model], Directory.GetFiles(folder.FullName));
    }
}
