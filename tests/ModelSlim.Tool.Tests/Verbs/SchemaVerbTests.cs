using ModelSlim.Core.Recipes;
using ModelSlim.Testing;

namespace ModelSlim.Tool.Tests.Verbs;

public sealed class SchemaVerbTests
{
    [Fact]
    public async Task Writes_the_schema_as_it_is()
    {
        var schema = new RecipeSchema().Write();

        Assert.Equal((0, schema), ((await ToolRun.Of("schema")).ExitCode, (await ToolRun.Of("schema")).Output));
        Assert.Equal(schema, (await ToolRun.Of("schema", "--json")).Output);
    }

    [Fact]
    public async Task Writes_it_to_a_file()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("prune.schema.json");

        var run = await ToolRun.Of("schema", "-o", file);

        Assert.Equal((0, $"Wrote {file}\n"), (run.ExitCode, run.Output));
        Assert.Equal(new RecipeSchema().Write(), await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
    }
}
