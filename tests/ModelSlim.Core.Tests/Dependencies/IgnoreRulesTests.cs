using ModelSlim.Core.Dependencies;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Recipes;
using ModelSlim.Core.Tensors;
using ModelSlim.Testing;

namespace ModelSlim.Core.Tests.Dependencies;

public sealed class IgnoreRulesTests
{
    [Theory]
    [InlineData("conv_1", "conv_1_out weights_1.b weights_1.w")]
    [InlineData("/conv_1", "conv_1_out weights_1.b weights_1.w")]
    [InlineData("conv_?", "conv_1_out conv_2_out weights_1.b weights_1.w weights_2.b weights_2.w")]
    [InlineData("weights_2.*", "weights_2.b weights_2.w")]
    [InlineData("conv_1_out", "conv_1_out")]
    [InlineData("x", "x")]
    public void A_node_means_what_it_stores_and_puts_out_and_a_value_itself(string glob, string values) =>
        Assert.Equal(values, string.Join(' ', Resolve(glob).Value!));

    [Theory]
    [InlineData("Conv_1")]
    [InlineData("conv")]
    [InlineData("/")]
    public void A_glob_that_matches_nothing_is_an_error(string glob)
    {
        var error = Assert.Single(Resolve("conv_1", glob).Diagnostics);

        Assert.Equal("MSLIM5002", error.Code);
        Assert.Equal(new SourceSpan("prune.yaml", 1, 2), error.Location);
        Assert.Contains($"'{glob}'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("inner.*")]
    [InlineData("choice")]
    [InlineData("y")]
    public void What_a_branch_stores_may_be_named_or_the_If_that_it_belongs_to(string glob)
    {
        var model = FlowNets.AskedElements(counts: false).Graph;
        var branch = new Graph
        {
            Inputs = [],
            Outputs = [new GraphValue("late", ElementType.Float, default)],
            Nodes = [new Node { OpType = "Identity", Inputs = ["inner.w"], Outputs = ["late"] }],
            Initializers = System.Collections.Immutable.ImmutableDictionary<string, TensorData>.Empty.Add("inner.w", TensorData.From([1], [1f])),
            Opsets = model.Opsets,
        };
        var flow = new Node { Name = "choice", OpType = "If", Inputs = ["x"], Outputs = ["y"] }.With("then_branch", new AttributeValue.Subgraph(branch));
        var found = new IgnoreRules().Resolve(
            new GraphIndex(model with { Nodes = [flow] }), [new IgnorePattern(glob, new SourceSpan("prune.yaml", 1, 1))]);

        Assert.Contains("inner.w", found.Value!);
    }

    [Fact]
    public void Nothing_is_ignored_without_globs() => Assert.Empty(Resolve().Value!);

    private static Result<System.Collections.Immutable.ImmutableSortedSet<string>> Resolve(params string[] globs)
    {
        var builder = new ModelBuilder();
        builder.Output(builder.Conv(builder.Conv(builder.Input("x", 1, 3, 4, 4), 8, 1), 5, 1));
        return new IgnoreRules().Resolve(
            new GraphIndex(builder.Build().Graph),
            [.. globs.Select((glob, i) => new IgnorePattern(glob, new SourceSpan("prune.yaml", i, i + 1)))]);
    }
}
