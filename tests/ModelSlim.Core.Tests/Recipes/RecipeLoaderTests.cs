using ModelSlim.Core.Recipes;
using ModelSlim.Testing;

namespace ModelSlim.Core.Tests.Recipes;

public sealed class RecipeLoaderTests
{
    private static readonly RecipeLoader Loader = new(new DiskFileView());

    [Fact]
    public void Paths_are_relative_to_the_recipe()
    {
        using var folder = new TemporaryFolder();
        var samples = folder.Write("data/x.npy", "x");
        var recipe = folder.Write("models/prune.yaml", "target: { macs: 50% }\ndata: { calibration: { npy: ../data/x.npy } }");

        var result = Loader.Load(recipe, RecipeOverrides.None);

        Assert.Equal([samples], result.Value!.Data.Calibration!.Paths);
    }

    [Fact]
    public void An_absolute_path_stays_what_it_is()
    {
        using var folder = new TemporaryFolder();
        var samples = folder.Write("data/x.npy", "x");
        var recipe = folder.Write("prune.yaml", $"target: {{ macs: 50% }}\ndata: {{ calibration: {{ npy: '{samples.Replace('\\', '/')}' }} }}");

        Assert.Equal([samples], Loader.Load(recipe, RecipeOverrides.None).Value!.Data.Calibration!.Paths);
    }

    [Fact]
    public void A_missing_recipe_is_an_error_that_names_it()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("prune.yaml");

        var error = Assert.Single(Loader.Load(path, RecipeOverrides.None).Diagnostics);

        Assert.Equal(("MSLIM1001", path), (error.Code, error.Location!.File));
    }

    [Fact]
    public void A_folder_is_not_a_recipe()
    {
        using var folder = new TemporaryFolder();

        Assert.Equal("MSLIM1001", Assert.Single(Loader.Load(folder.FullName, RecipeOverrides.None).Diagnostics).Code);
    }

    [Fact]
    public void A_huge_file_is_refused()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("prune.yaml", "a: " + new string('x', 50_000_000));

        Assert.Equal("MSLIM1004", Assert.Single(Loader.Load(path, RecipeOverrides.None).Diagnostics).Code);
    }

    [Fact]
    public void The_command_line_alone_is_enough()
    {
        var target = new TargetSpec { Macs = 0.5 };

        var recipe = Loader.Load(null, new RecipeOverrides { Target = target, Seed = 3 }).Value!;

        Assert.Equal(new Recipe { Target = target, Seed = 3 }.Prune, recipe.Prune);
        Assert.Equal((target, 3), (recipe.Target, recipe.Seed));
    }

    [Fact]
    public void Without_recipe_and_target_there_is_nothing_to_do() =>
        Assert.Equal("MSLIM1001", Assert.Single(Loader.Load(null, RecipeOverrides.None).Diagnostics).Code);
}
