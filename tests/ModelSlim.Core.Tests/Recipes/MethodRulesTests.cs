using ModelSlim.Core.Recipes;

namespace ModelSlim.Core.Tests.Recipes;

public sealed class MethodRulesTests
{
    private const string Trained = "data: { train: { idx: [a.gz, b.gz] } }\nfinetune: { epochs: 2 }\n";

    [Theory]
    [InlineData("slimming", Method.Slimming)]
    [InlineData("soft", Method.Soft)]
    public void A_method_that_trains_has_the_defaults_of_sparsity(string method, Method expected)
    {
        var recipe = RecipeText.Recipe($"method: {method}\ntarget: {{ macs: 50% }}\n{Trained}");

        Assert.Equal(expected, recipe.Method);
        Assert.Equal(new SparsitySpec(), recipe.Sparsity);
    }

    [Fact]
    public void Keys_of_sparsity_go_where_they_belong()
    {
        var recipe = RecipeText.Recipe(
            $"method: slimming\ntarget: {{ macs: 50% }}\nsparsity: {{ epochs: 4, regularizer: group-lasso, weight: 0.02 }}\n{Trained}");

        Assert.Equal(new SparsitySpec { Epochs = 4, Regularizer = Regularizer.GroupLasso, Weight = 0.02 }, recipe.Sparsity);
    }

    [Fact]
    public void Channels_alone_need_no_sparsity() => Assert.Null(RecipeText.Recipe("target: { macs: 50% }").Sparsity);

    [Theory]
    [InlineData("method: slimming\ntarget: { macs: 50% }", 1, "method: slimming decides in training")]
    [InlineData("target: { macs: 50% }\nmethod: soft\ndata: { train: { idx: [a.gz, b.gz] } }\nfinetune: { epochs: 0 }", 2, "method: soft decides in training")]
    [InlineData("target: { macs: 50% }\nsparsity: { epochs: 2 }", 2, "sparsity is for method: slimming and method: soft")]
    [InlineData("method: slimming\ntarget: { macs: 50% }\nprune: { criterion: lamp }\n" + Trained, 3, "remove prune.criterion")]
    [InlineData("method: soft\ntarget: { macs: 50% }\nsparsity: { weight: 0.1 }\n" + Trained, 3, "penalizes nothing")]
    [InlineData("method: soft\ntarget: { macs: 50% }\nsparsity: { regularizer: growing }\n" + Trained, 3, "penalizes nothing")]
    public void What_makes_no_sense_is_refused_with_its_line(string text, int line, string message)
    {
        var error = RecipeText.Error(text);

        Assert.Equal(("MSLIM1207", line), (error.Code, error.Location!.Line));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_training_samples_there_is_one_error() =>
        Assert.Equal("MSLIM1205", RecipeText.Error("method: slimming\ntarget: { macs: 50% }\nfinetune: { epochs: 1 }").Code);

    [Fact]
    public void Fine_tuning_that_the_command_line_switches_off_is_missed()
    {
        var result = RecipeText.Resolve($"method: soft\ntarget: {{ macs: 50% }}\n{Trained}", new RecipeOverrides { NoFineTune = true });

        Assert.Equal("MSLIM1207", Assert.Single(result.Diagnostics).Code);
    }
}
