using ModelSlim.Core.Recipes;

namespace ModelSlim.Core.Tests.Recipes;

public sealed class MaskRulesTests
{
    private const string Trained = "data: { train: { idx: [a.gz, b.gz] } }\nfinetune: { epochs: 1 }";

    [Theory]
    [InlineData("unstructured", "80%", 0.8, 0, 0)]
    [InlineData("unstructured", "0.75", 0.75, 0, 0)]
    [InlineData("n:m", "2:4", 0.5, 2, 4)]
    [InlineData("n:m", "1:4", 0.75, 1, 4)]
    [InlineData("n:m", "80% in 4x1", 0.8, 0, 0, 4)]
    public void A_share_or_a_pattern_says_how_many(string method, string sparsity, double share, int stay, int block, int outputs = 1)
    {
        var recipe = RecipeText.Recipe($"method: {method}\ntarget: {{ sparsity: {sparsity} }}");

        Assert.Equal(new SparsityTarget(share) { Stay = stay, Block = block, Outputs = outputs }, recipe.Target.Sparsity);
        Assert.Equal(sparsity == "0.75" ? "75%" : sparsity, recipe.Target.Sparsity!.ToString());
        Assert.Null(recipe.Sparsity);
    }

    [Theory]
    [InlineData("target: { sparsity: 80% }", 1, "target.sparsity is for method: unstructured")]
    [InlineData("method: unstructured\ntarget: { macs: 50%, sparsity: 80% }", 2, "saves no macs")]
    [InlineData("method: unstructured\ntarget: { size: 4MB, sparsity: 80% }", 2, "saves no size")]
    [InlineData("method: unstructured\ntarget: { sparsity: 2:4 }", 2, "needs a share")]
    [InlineData("method: n:m\ntarget: { sparsity: 80% }", 2, "needs a pattern")]
    [InlineData("method: unstructured\ntarget: { sparsity: 80% in 4x1 }", 2, "needs a share")]
    [InlineData("method: n:m\ntarget: { sparsity: 80% in 4x1 }\nprune: { scope: isomorphic }", 3, "groups of channels")]
    [InlineData("method: n:m\ntarget: { sparsity: 2:4 }\nprune: { scope: global }", 3, "within each block")]
    [InlineData("method: n:m\ntarget: { sparsity: 2:4 }\nprune: { steps: 2 }", 3, "in one step")]
    [InlineData("target: { macs: 50% }\nprune: { gradual: 50% }", 2, "for method: unstructured and method: n:m")]
    [InlineData("method: n:m\ntarget: { sparsity: 2:4 }\nprune: { gradual: 50% }\n" + Trained, 3, "reached in one step")]
    [InlineData("method: unstructured\ntarget: { sparsity: 80% }\nprune: { gradual: 50%, steps: 2 }\n" + Trained, 3, "two ways to the target")]
    [InlineData("method: unstructured\ntarget: { sparsity: 80% }\nprune: { gradual: 50% }", 3, "needs data.train and finetune")]
    [InlineData("method: unstructured\ntarget: { sparsity: 80% }\nprune: { criterion: fpgm }", 3, "scores single weights")]
    [InlineData("method: unstructured\ntarget: { sparsity: 80% }\nprune: { scope: isomorphic }", 3, "groups of channels")]
    [InlineData("method: unstructured\ntarget: { sparsity: 80% }\nsparsity: { epochs: 2 }", 3, "section sparsity is for")]
    [InlineData("method: n:m\ntarget: { sparsity: 2:4 }\nprune: { scope: local }", 3, "within each block")]
    [InlineData("method: n:m\ntarget: { sparsity: 2:4 }\nprune: { criterion: lamp }", 3, "its order is that of magnitude")]
    public void What_makes_no_sense_is_refused_with_its_line(string text, int line, string message)
    {
        var error = RecipeText.Error(text);

        Assert.Equal(("MSLIM1207", line), (error.Code, error.Location!.Line));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("unstructured", "80%", "wanda", Criterion.Wanda)]
    [InlineData("unstructured", "80%", "reconstruction", Criterion.Reconstruction)]
    [InlineData("n:m", "2:4", "wanda", Criterion.Wanda)]
    [InlineData("n:m", "2:4", "reconstruction", Criterion.Reconstruction)]
    public void Single_weights_are_scored_by_samples_too(string method, string sparsity, string word, Criterion criterion) =>
        Assert.Equal(criterion, RecipeText.Recipe($"method: {method}\ntarget: {{ sparsity: {sparsity} }}\nprune: {{ criterion: {word} }}").Prune.Criterion);

    [Theory]
    [InlineData("unstructured", "80%")]
    [InlineData("n:m", "80% in 4x1")]
    public void Sparsity_may_grow_in_training(string method, string sparsity) =>
        Assert.Equal(0.5, RecipeText.Recipe($"method: {method}\ntarget: {{ sparsity: {sparsity} }}\nprune: {{ gradual: 50% }}\n{Trained}").Prune.Gradual);

    [Theory]
    [InlineData("4:4")]
    [InlineData("5:4")]
    [InlineData("2:99")]
    [InlineData("80% in 65x1")]
    [InlineData("80% in 1x1")]
    public void A_pattern_must_leave_some_and_take_some(string pattern) =>
        Assert.Equal("MSLIM1201", RecipeText.Error($"method: n:m\ntarget: {{ sparsity: {pattern} }}").Code);

    [Fact]
    public void A_method_for_single_weights_needs_their_number()
    {
        var error = RecipeText.Error("method: unstructured\ntarget: { macs: 50% }");

        Assert.Equal(("MSLIM1207", 2), (error.Code, error.Location!.Line));
    }
}
