using ModelSlim.Core.Recipes;

namespace ModelSlim.Core.Tests.Recipes;

/// <summary>Keys that no method of the recipe goes by.</summary>
public sealed class EffectRulesTests
{
    private const string Zeros = "method: unstructured\ntarget: { sparsity: 80% }\n";
    private const string Pattern = "method: n:m\ntarget: { sparsity: 2:4 }\n";
    private const string Exit = "method: dynamic\ntarget: { latency: 80% }\ndata: { train: { idx: [a.gz, b.gz] } }\n";

    [Theory]
    [InlineData(Zeros + "prune: { max_ratio: 50% }", 3, "prune.max_ratio bounds channels of a group")]
    [InlineData(Pattern + "prune:\n  max_ratio: 50%", 4, "prune.max_ratio bounds channels of a group")]
    [InlineData(Zeros + "prune: { round_to: 8 }", 3, "prune.round_to is for numbers of channels")]
    [InlineData(Pattern + "prune: { round_to: 8 }", 3, "prune.round_to is for numbers of channels")]
    [InlineData("method: [unstructured, dynamic]\ntarget: { sparsity: 50%, latency: 80% }\ndata: { train: { idx: [a.gz, b.gz] } }\nprune: { round_to: 8 }", 4, "method: unstructured removes none")]
    public void Whoever_sets_what_nothing_goes_by_is_told_where(string text, int line, string message)
    {
        var error = RecipeText.Error(text);

        Assert.Equal(("MSLIM1207", line), (error.Code, error.Location!.Line));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Zeros + "prune: { max_ratio: 90%, round_to: auto }\naccept: { min_speedup: 1.1 }\noutput: { sparse: off }")]
    [InlineData("target: { macs: 50% }\noutput: { sparse: off }")]
    [InlineData("method: [channels, unstructured]\ntarget: { macs: 50%, sparsity: 80% }\nprune: { max_ratio: 50%, round_to: 8 }\naccept: { min_speedup: 1.5 }\noutput: { sparse: off }")]
    [InlineData("method: [unstructured, dynamic]\ntarget: { sparsity: 50%, latency: 80% }\ndata: { train: { idx: [a.gz, b.gz] } }\naccept: { min_speedup: 1.5 }")]
    [InlineData("method: [channels, n:m]\ntarget: { macs: 50%, sparsity: 2:4 }\nprune: { criterion: lamp, scope: local }")]
    [InlineData(Exit + "repair: off\naccept: { min_speedup: 1.5 }")]
    public void What_a_method_of_the_recipe_goes_by_may_be_set(string text) => Assert.True(RecipeText.Resolve(text).Succeeded);

    [Fact]
    public void A_pattern_leaves_the_criterion_of_layers_to_channels() =>
        Assert.Equal(
            [Criterion.Lamp, Criterion.Auto],
            RecipeParts.Of(RecipeText.Recipe("method: [channels, n:m]\ntarget: { macs: 50%, sparsity: 2:4 }\nprune: { criterion: lamp }")).Select(part => part.Prune.Criterion));

    [Fact]
    public void What_the_command_line_says_is_shown_there()
    {
        var target = new TargetArgument("--target").Read(["sparsity=80%"]).Value!;
        var written = Assert.Single(RecipeText.Resolve("target: { macs: 50% }", new RecipeOverrides { Target = target }).Diagnostics);
        var alone = Assert.Single(new RecipeLoader(RecipeText.Files).Load(null, new RecipeOverrides { Target = target }).Diagnostics);

        Assert.Equal("--target", written.Location!.ToString());
        Assert.Contains("set one of them", written.Message, StringComparison.Ordinal);
        Assert.Equal("--target", alone.Location!.ToString());
        Assert.Contains("write prune.yaml with one of them", alone.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Zeros + "prune: { gradual: 50% }\n", 3)]
    [InlineData("method: slimming\ntarget: { macs: 50% }\n", 1)]
    public void An_option_that_switches_training_off_is_named(string text, int line)
    {
        var error = Assert.Single(RecipeText.Resolve(
            text + "data: { train: { idx: [a.gz, b.gz] } }\nfinetune: { epochs: 1 }", new RecipeOverrides { NoFineTune = true }).Diagnostics);

        Assert.Equal(line, error.Location!.Line);
        Assert.Contains("needs finetune, which --no-finetune switches off", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_list_the_item_is_shown_that_does_not_fit() =>
        Assert.Equal((4, 5), (
            RecipeText.Error("target: { macs: 50%, sparsity: 80% }\nmethod:\n  - unstructured\n  - channels").Location!.Line,
            RecipeText.Error("target: { macs: 50%, sparsity: 80% }\nmethod:\n  - unstructured\n  - channels").Location!.Column));
}
