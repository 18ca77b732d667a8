using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using ModelSlim.Core.Recipes;
using ModelSlim.Core.Recipes.Yaml;
using ModelSlim.Core.Reports;
using ModelSlim.Testing;
using ModelSlim.Tool.Init;

namespace ModelSlim.Tool.Tests.Init;

public sealed class RecipeTemplateTests
{
    private static readonly ValueShape Gray = new("input", [1, 1, 28, 28]);

    [Fact]
    public void Everything_in_its_comments_works_too()
    {
        using var folder = DataFolder();
        var lines = new RecipeTemplate().Write(Facts(Gray), null).Split('\n');
        var text = string.Join('\n', lines.Select(line => Regex.Replace(line, "^# ( *[a-z_\"]+:)", "$1")))
            .Replace("  # params", "  params", StringComparison.Ordinal);

        var result = Resolve(text, folder);

        Assert.True(result.Succeeded, string.Join('\n', result.Diagnostics) + text);
        var recipe = result.Value;
        Assert.Equal((0.5, 0.5), (recipe.Target.Macs, recipe.Target.Params));
        Assert.Equal(new PruneSpec(), recipe.Prune with { Ignore = [] });
        Assert.Equal([1, 1, 28, 28], recipe.Inputs["input"]);
        Assert.NotNull(recipe.Data.Calibration);
        Assert.NotNull(recipe.FineTune);
        Assert.Equal(0.01, recipe.Accept.MaxDrop);
        Assert.Equal((ColorOrder.Gray, ImageLayout.Nchw), (recipe.Data.Preprocess.Color, recipe.Data.Preprocess.Layout));
    }

    [Fact]
    public void Shows_every_key()
    {
        var text = new RecipeTemplate().Write(Facts(Gray), null);
        var keys = new RecipeTable().Write().Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Split('`')[1].Split('.')[^1]);

        Assert.All(keys, key => Assert.Matches($@"\b{key}:", text));
    }

    [Theory]
    [InlineData(3, 224, 224, "layout: NCHW, color: RGB", "[224, 224]")]
    [InlineData(96, 64, 3, "layout: NHWC, color: RGB", "[96, 64]")]
    [InlineData(28, 28, 1, "layout: NHWC, color: gray", "[28, 28]")]
    public void Preprocessing_fits_the_input(int a, int b, int c, string expected, string size)
    {
        var text = new RecipeTemplate().Write(Facts(new ValueShape("x", [1, a, b, c])), null);

        Assert.Contains(expected, text, StringComparison.Ordinal);
        Assert.Contains($"resize: {size}", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 320, 320, 4)]
    [InlineData(1, 76, 32)]
    public void Nothing_about_pictures_is_said_of_what_is_none(params int[] shape)
    {
        var text = new RecipeTemplate().Write(Facts(new ValueShape("x", [.. shape])), null);

        Assert.Contains("preprocess: { scale: 1, mean: 0, std: 1 }", text, StringComparison.Ordinal);
        Assert.DoesNotContain("layout", text, StringComparison.Ordinal);
        Assert.DoesNotContain("images:", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.5, "macs: 50% ", "This works as it is.")]
    [InlineData(0.8, "macs: 80% ", "This works as it is.")]
    [InlineData(null, "macs: 50% ", "No channel of this model can be removed; modelslim inspect says")]
    public void What_it_promises_can_be_kept(double? macs, string target, string promise)
    {
        var text = new RecipeTemplate().Write(Facts(Gray) with { Macs = macs }, null);

        Assert.Contains(target, text, StringComparison.Ordinal);
        Assert.Contains($"# {promise}", text, StringComparison.Ordinal);
        Assert.Equal(macs is null, !text.Contains("This works as it is.", StringComparison.Ordinal));
    }

    [Fact]
    public void Too_little_is_not_nothing()
    {
        var facts = Facts(Gray);
        var report = facts.Report with { Groups = [new GroupReport("w", 8, [])] };

        var text = new RecipeTemplate().Write(facts with { Report = report, Macs = null }, null);

        Assert.Contains("# No target from 50% to 90% can be met", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_with_several_inputs_takes_archives()
    {
        var facts = Facts(Gray);

        var text = new RecipeTemplate().Write(facts with { Report = facts.Report with { Inputs = [Gray, Gray] } }, null);

        Assert.Contains("calibration: { npz: data/unlabelled.npz, limit: 512 }", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Sizes_that_the_model_leaves_open_are_written_out()
    {
        using var folder = DataFolder();
        var input = new ValueShape("a: \"b\"\n#é", [1, 3, 64, 64]);
        var text = new RecipeTemplate().Write(Facts(input) with { Symbolic = [input] }, null);

        Assert.Equal([1, 3, 64, 64], Resolve(text, folder).Value!.Inputs[input.Name]);
    }

    [Fact]
    public void Editors_of_both_families_find_the_schema() => Assert.StartsWith(
        "# yaml-language-server: $schema=prune.schema.json\n# $schema: prune.schema.json\n",
        new RecipeTemplate().Write(Facts(Gray), "prune.schema.json"),
        StringComparison.Ordinal);

    private static TemporaryFolder DataFolder()
    {
        var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("data", "unlabelled"));
        foreach (var name in (string[])["data/train-images.gz", "data/train-labels.gz", "data/eval-images.npy", "data/eval-labels.npy"])
        {
            folder.Write(name, "x");
        }

        return folder;
    }

    private static Core.Diagnostics.Result<Recipe> Resolve(string text, TemporaryFolder folder) => new YamlReader()
        .Read("prune.yaml", Encoding.UTF8.GetBytes(text))
        .Then(root => new RecipeResolver(new DiskFileView()).Resolve(
            new RecipeFile("prune.yaml", folder.FullName, root), RecipeOverrides.None));

    private static ModelFacts Facts(ValueShape input) => new(
        new InspectionReport
        {
            Model = "net.onnx",
            Params = 10,
            Macs = 20,
            Bytes = 30,
            Opset = 17,
            Inputs = [input],
            Outputs = [],
            Operators = ImmutableSortedDictionary<string, int>.Empty,
            Groups = [],
            Frozen = [],
        },
        [],
        0.5);
}
