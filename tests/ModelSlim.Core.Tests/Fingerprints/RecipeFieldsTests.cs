using ModelSlim.Core.Fingerprints;
using ModelSlim.Core.Recipes;

namespace ModelSlim.Core.Tests.Fingerprints;

public sealed class RecipeFieldsTests
{
    public static TheoryData<string> Optimizers => [.. typeof(OptimizerSpec).GetNestedTypes().Select(type => type.Name)];

    [Theory]
    [InlineData("unstructured", "80%", "80%")]
    [InlineData("unstructured", "0.07", "7%")]
    [InlineData("n:m", "2:4", "2:4")]
    [InlineData("n:m", "80% in 4x1", "80% in 4x1")]
    public void How_many_weights_go_is_shown_as_recipes_have_it(string method, string written, string shown)
    {
        string Of(Recipe recipe) => RecipeFields.Of(recipe).Single(field => field.Name == "target.sparsity").Value;
        var recipe = Recipes.RecipeText.Recipe($"method: {method}\ntarget: {{ sparsity: {written} }}");

        Assert.Equal(shown, Of(recipe));
        var near = recipe.Target.Sparsity! with { Share = Math.BitIncrement(recipe.Target.Sparsity.Share) };
        Assert.NotEqual(shown, Of(recipe with { Target = new TargetSpec { Sparsity = near } }));
    }

    /// <summary>A property that is new to the recipe fails here until <see cref="RecipeFields"/> has it.</summary>
    [Theory]
    [MemberData(nameof(Optimizers))]
    public void Every_setting_is_among_the_fields(string optimizer)
    {
        var recipe = RecipeSample.Full(Optimizer(optimizer));
        var before = Text(recipe);
        var changes = RecipeSample.Changes(recipe).ToList();

        Assert.True(changes.Count > 40, $"only {changes.Count} settings were found");
        foreach (var (path, changed) in changes)
        {
            var isPlace = path.EndsWith("Location", StringComparison.Ordinal) || path.EndsWith("Paths", StringComparison.Ordinal);
            Assert.True(isPlace == (before == Text(changed)), path);
        }
    }

    [Fact]
    public void Every_optimizer_is_covered() => Assert.Equal(["AdamW", "Muon", "Sgd"], Optimizers.Select(row => row.Data).Order());

    [Fact]
    public void Sections_that_are_absent_differ_from_sections_of_defaults()
    {
        var bare = new Recipe { Target = new TargetSpec { Macs = 0.5 } };

        Assert.NotEqual(Text(bare), Text(bare with { FineTune = new FineTuneSpec() }));
        Assert.NotEqual(
            Text(bare with { FineTune = new FineTuneSpec() }),
            Text(bare with { FineTune = new FineTuneSpec { Distill = new DistillSpec() } }));
    }

    [Fact]
    public void Globs_count_as_a_set()
    {
        Recipe With(params string[] globs) => new()
        {
            Target = new TargetSpec(),
            Prune = new PruneSpec { Ignore = [.. globs.Select(glob => new IgnorePattern(glob, null))] },
        };

        Assert.Equal(Text(With("a", "b")), Text(With("b", "a", "b")));
        Assert.NotEqual(Text(With("a", "b")), Text(With("a\nb")));
    }

    [Fact]
    public void Names_are_those_of_prune_yaml()
    {
        var names = RecipeFields.Of(RecipeSample.Full(new OptimizerSpec.Sgd())).Select(field => field.Name).ToList();

        Assert.Equal(names.Distinct(), names);
        Assert.Contains("target.macs", names);
        Assert.Contains("finetune.optimizer.weight_decay", names);
        Assert.All(names, name => Assert.Matches("^[a-z0-9_./]+$", name));
    }

    private static OptimizerSpec Optimizer(string name) =>
        (OptimizerSpec)Activator.CreateInstance(typeof(OptimizerSpec).GetNestedType(name)!)!;

    private static string Text(Recipe recipe) =>
        string.Join('\0', RecipeFields.Of(recipe).Select(field => $"{field.Name}\0{field.Value}"));
}
