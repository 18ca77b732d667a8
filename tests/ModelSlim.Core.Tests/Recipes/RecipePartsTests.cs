using ModelSlim.Core.Recipes;

namespace ModelSlim.Core.Tests.Recipes;

/// <summary>Recipes of several methods.</summary>
public sealed class RecipePartsTests
{
    private const string Data = "\ndata: { train: { idx: [a.gz, b.gz] } }";

    [Fact]
    public void A_recipe_of_one_method_is_its_only_part()
    {
        var recipe = RecipeText.Recipe("target: { macs: 50% }");
        var listed = RecipeText.Recipe("method: [channels]\ntarget: { macs: 50% }");

        Assert.Same(recipe, Assert.Single(RecipeParts.Of(recipe)));
        Assert.Equal([Method.Channels], listed.Methods);
    }

    [Fact]
    public void Each_method_gets_the_targets_and_keys_that_it_has()
    {
        var recipe = RecipeText.Recipe(
            $"method: [channels, unstructured, dynamic]\ntarget: {{ macs: 50%, size: 60%, sparsity: 80%, latency: 40% }}{Data}\n"
            + "prune: { criterion: fpgm, scope: isomorphic, gradual: 50%, max_ratio: 80% }\nfinetune: { epochs: 1 }\naccept: { metric: agreement }");
        var parts = RecipeParts.Of(recipe);
        var (channels, weights, exit) = (parts[0], parts[1], parts[2]);

        Assert.Equal([Method.Channels, Method.Unstructured, Method.Dynamic], parts.Select(part => part.Method));
        Assert.All(parts, part => Assert.Empty(part.Then));
        Assert.Equal(recipe.Target with { Sparsity = null, Latency = null }, channels.Target);
        Assert.Equal(recipe.Target with { Macs = null, Size = null, Latency = null }, weights.Target);
        Assert.Equal(recipe.Target with { Macs = null, Size = null, Sparsity = null }, exit.Target);
        Assert.Equal(recipe.Prune with { Gradual = 0 }, channels.Prune);
        Assert.Equal(recipe.Prune with { Criterion = Criterion.Auto, Scope = Scope.Auto }, weights.Prune);
        Assert.Equal(new PruneSpec(), exit.Prune);
        Assert.Equal(recipe.FineTune, channels.FineTune);
        Assert.Equal(recipe.FineTune, weights.FineTune);
        Assert.Null(exit.FineTune);
    }

    [Fact]
    public void Training_before_the_cut_is_for_the_method_that_trains()
    {
        var recipe = RecipeText.Recipe(
            $"method: [slimming, n:m]\ntarget: {{ macs: 50%, sparsity: 2:4 }}{Data}\nsparsity: {{ epochs: 3 }}\nprune: {{ criterion: wanda, scope: global, steps: 3 }}\nfinetune: {{ epochs: 1 }}");
        var parts = RecipeParts.Of(recipe);

        Assert.Equal([Scope.Global, Scope.Auto], parts.Select(part => part.Prune.Scope));
        Assert.Equal((3, Criterion.Auto, 3), (parts[0].Sparsity!.Epochs, parts[0].Prune.Criterion, parts[0].Prune.Steps));
        Assert.Equal((null, Criterion.Wanda, 1), (parts[1].Sparsity, parts[1].Prune.Criterion, parts[1].Prune.Steps));
    }

    [Fact]
    public void Without_an_exit_the_latency_is_for_channels() =>
        Assert.Equal(
            [new TargetLimit(0.8, true), null],
            RecipeParts.Of(RecipeText.Recipe($"method: [channels, unstructured]\ntarget: {{ latency: 80%, sparsity: 50% }}{Data}")).Select(part => part.Target.Latency));

    [Theory]
    [InlineData("[channels, slimming]", "macs: 50%", "method", "channels and slimming are two ways to do the same")]
    [InlineData("[unstructured, n:m]", "sparsity: 50%", "method", "unstructured and n:m are two ways to do the same")]
    [InlineData("[channels, channels]", "macs: 50%", "method", "channels is in the list twice; prune.steps")]
    [InlineData("[dynamic, channels]", "macs: 50%, latency: 80%", "method", "dynamic must be the last of the list")]
    [InlineData("[unstructured, channels]", "macs: 50%, sparsity: 80%", "method", "channels must come before unstructured")]
    [InlineData("[channels, dynamic]", "latency: 80%", "target", "set target.macs, params or size, since target.latency is what method: dynamic goes by")]
    [InlineData("[channels, unstructured]", "sparsity: 80%", "target", "set target.macs, params or size, or latency")]
    [InlineData("[channels, unstructured]", "macs: 50%", "target", "it needs target.sparsity")]
    [InlineData("[channels, dynamic]", "macs: 50%", "target", "it needs target.latency")]
    [InlineData("[channels, n:m]", "macs: 50%, sparsity: 80%", "target.sparsity", "needs a pattern")]
    [InlineData("[unstructured, dynamic]", "macs: 50%, sparsity: 80%, latency: 90%", "target.macs", "saves no macs")]
    [InlineData("[channels, dynamic]", "macs: 50%, sparsity: 80%, latency: 90%", "target.sparsity", "target.sparsity is for")]
    public void What_does_not_go_together_is_refused_with_its_line(string methods, string target, string key, string message)
    {
        var text = $"method: {methods}\ntarget:\n  {target.Replace(", ", "\n  ", StringComparison.Ordinal)}{Data}";
        var errors = RecipeText.Resolve(text).Diagnostics;

        var lines = text.Split('\n');
        var line = Array.FindIndex(lines, row => row.TrimStart().StartsWith(key.Split('.')[^1] + ":", StringComparison.Ordinal)) + 1;
        Assert.Contains(errors, error => error.Code == "MSLIM1207" && error.Message.Contains(message, StringComparison.Ordinal) && error.Location!.Line == line);
        Assert.Equal(errors.Length, errors.Select(error => error.Message).Distinct().Count());
    }

    [Fact]
    public void What_no_method_of_the_list_has_is_refused_once() =>
        Assert.Contains(
            "section sparsity is for",
            Assert.Single(RecipeText.Resolve($"method: [unstructured, dynamic]\ntarget: {{ sparsity: 80%, latency: 90% }}{Data}\nsparsity: {{ epochs: 1 }}").Diagnostics.DistinctBy(error => error.Location!.Line)).Message,
            StringComparison.Ordinal);
}
