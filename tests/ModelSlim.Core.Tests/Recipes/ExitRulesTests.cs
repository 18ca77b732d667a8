using ModelSlim.Core.Fingerprints;
using ModelSlim.Core.Recipes;

namespace ModelSlim.Core.Tests.Recipes;

public sealed class ExitRulesTests
{
    private const string Start = "method: dynamic\ntarget: { latency: 80% }\ndata: { train: { idx: [a.gz, b.gz] } }\n";

    [Fact]
    public void A_latency_and_samples_are_enough()
    {
        var recipe = RecipeText.Recipe(Start);

        Assert.Equal((Method.Dynamic, 1), (recipe.Method, recipe.MethodLocation!.Line));
        Assert.Equal(new TargetLimit(0.8, true), recipe.Target.Latency);
        Assert.Null(recipe.Accept.MaxDrop);
    }

    [Theory]
    [InlineData("method: dynamic\ntarget: { macs: 50%, latency: 80% }\ndata: { train: { idx: [a.gz, b.gz] } }", "MSLIM1207", 2, "bounds no macs")]
    [InlineData("method: dynamic\ntarget: { params: 50%, latency: 80% }\ndata: { train: { idx: [a.gz, b.gz] } }", "MSLIM1207", 2, "bounds no params")]
    [InlineData("method: dynamic\ntarget: { size: 50%, latency: 80% }\ndata: { train: { idx: [a.gz, b.gz] } }", "MSLIM1207", 2, "bounds no size")]
    [InlineData("method: dynamic\ntarget: { sparsity: 50%, latency: 80% }\ndata: { train: { idx: [a.gz, b.gz] } }", "MSLIM1207", 2, "target.sparsity is for")]
    [InlineData(Start + "prune: { steps: 2 }", "MSLIM1207", 4, "removes nothing")]
    [InlineData(Start + "prune: { ignore: [a] }", "MSLIM1207", 4, "removes nothing")]
    [InlineData(Start + "sparsity: { epochs: 1 }", "MSLIM1207", 4, "section sparsity is for")]
    [InlineData(Start + "finetune: { epochs: 1 }", "MSLIM1207", 4, "fits only the head")]
    [InlineData(Start + "accept: { metric: mse }", "MSLIM1207", 4, "is for classifiers")]
    [InlineData("method: dynamic\ntarget: { latency: 80% }", "MSLIM1205", 1, "needs data.train, or data.calibration")]
    public void What_makes_no_sense_is_refused_with_its_line(string text, string code, int line, string message)
    {
        var error = RecipeText.Error(text);

        Assert.Equal((code, line), (error.Code, error.Location!.Line));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void It_needs_a_latency()
    {
        var errors = RecipeText.Resolve("method: dynamic\ntarget: { macs: 50% }\ndata: { calibration: { npy: [x.npy] } }").Diagnostics;

        Assert.Equal(["MSLIM1207", "MSLIM1207"], errors.Select(error => error.Code));
        Assert.Contains("needs target.latency, such as", errors[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_drop_that_is_allowed_decides_the_result_of_this_method_alone()
    {
        Affects Of(Method method) => RecipeFields.Of(new Recipe { Method = method, Target = new TargetSpec() }).Single(field => field.Name == "accept.max_drop").Affects;

        Assert.Equal(Affects.Artifact, Of(Method.Dynamic));
        Assert.Equal(Affects.Judgement, Of(Method.Channels));
    }
}
