using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Recipes;

namespace ModelSlim.Core.Tests.Recipes;

public sealed class RecipeLocatorTests
{
    private static readonly string Model = Path.Combine("models", "digits.onnx");
    private static readonly string Own = Path.Combine("models", "digits.prune.yaml");
    private static readonly string Shared = Path.Combine("models", "prune.yaml");

    [Fact]
    public void A_recipe_of_its_own_comes_first() =>
        Assert.Equal(Own, new RecipeLocator(new MemoryFiles().With(Own).With(Shared)).Find(Model));

    [Fact]
    public void Then_that_of_the_folder() =>
        Assert.Equal(Shared, new RecipeLocator(new MemoryFiles().With(Shared)).Find(Model));

    [Fact]
    public void A_folder_of_that_name_is_none() =>
        Assert.Null(new RecipeLocator(new MemoryFiles().WithFolder(Shared)).Find(Model));

    [Fact]
    public void A_recipe_of_the_folder_is_for_the_models_that_have_none_of_their_own()
    {
        var other = Path.Combine("models", "letters.onnx");
        var files = new MemoryFiles().With(Model).With(other).With(Own).With(Shared).With(Path.Combine("models", "notes.txt"));

        Assert.Equal([other], new RecipeLocator(files).ModelsOf(Shared));
        Assert.Equal([Model], new RecipeLocator(files).ModelsOf(Own));
        Assert.Empty(new RecipeLocator(files).ModelsOf(Path.Combine("models", "other.yaml")));
    }

    [Theory]
    [InlineData("digits.prune.yml", "digits.prune.yaml")]
    [InlineData("prune.yml", "prune.yaml")]
    public void A_recipe_with_the_short_ending_is_none_and_that_is_said(string name, string right)
    {
        var path = Path.Combine("models", name);
        var files = new MemoryFiles().With(path);

        var said = new RecipeLocator(files).Misnamed(Model);

        Assert.Null(new RecipeLocator(files).Find(Model));
        Assert.Equal(("MSLIM1007", path), (said?.Code, said?.Location?.File));
        Assert.Contains(right, said!.Message, StringComparison.Ordinal);
        Assert.Null(new RecipeLocator(files.With(Shared)).Misnamed(Model));
    }

    [Fact]
    public void A_recipe_whose_model_is_not_there_is_told_of_with_the_name_that_may_be_meant()
    {
        var files = new MemoryFiles().With(Own).With(Path.Combine("models", "digit.onnx")).With(Path.Combine("models", "letters.onnx"));

        var said = new RecipeLocator(files).Unused(Own);

        Assert.Equal(("MSLIM1008", Severity.Warning, Own), (said?.Code, said?.Severity, said?.Location?.File));
        Assert.Contains("'digits.onnx'", said!.Message, StringComparison.Ordinal);
        Assert.EndsWith("did you mean 'digit.onnx'?", said.Message, StringComparison.Ordinal);
        Assert.Null(new RecipeLocator(files.With(Model)).Unused(Own));
    }

    [Fact]
    public void A_recipe_of_a_folder_without_models_is_told_of()
    {
        var files = new MemoryFiles().With(Shared).With(Path.Combine("models", "below", "digits.onnx"));

        Assert.Equal("MSLIM1008", new RecipeLocator(files).Unused(Shared)?.Code);
        Assert.Null(new RecipeLocator(files.With(Model).With(Own)).Unused(Shared));
        Assert.Null(new RecipeLocator(files).Unused(Path.Combine("models", "below", "other.yaml")));
    }

    [Fact]
    public void A_model_without_folder_is_looked_up_beside_it() =>
        Assert.Equal("prune.yaml", new RecipeLocator(new MemoryFiles().With("prune.yaml")).Find("digits.onnx"));
}
