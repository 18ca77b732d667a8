using ModelSlim.Core.Onnx;
using ModelSlim.Core.Tensors;
using ModelSlim.Evaluation.Repair;
using ModelSlim.Evaluation.Tests.Oracles;
using ModelSlim.Testing;

namespace ModelSlim.Evaluation.Tests.Repair;

public sealed class FitSiteFinderTests
{
    [Fact]
    public void Intercepts_go_into_the_bias_or_the_mean()
    {
        var folded = Find(SmallNets.Chain(folded: true))[0];
        var kept = Find(SmallNets.Chain(folded: false))[0];

        Assert.All(folded.Intercept!.Factors, factor => Assert.Equal(1, factor));
        Assert.Equal(folded.Node.Inputs[2], folded.Intercept.Constant);
        Assert.All(kept.Intercept!.Factors, factor => Assert.Equal(-1, factor));
        Assert.EndsWith(".mean", kept.Intercept.Constant);
    }

    [Fact]
    public void Goal_is_what_the_activation_reads()
    {
        var model = SmallNets.InvertedResidual();

        foreach (var site in Find(model).Where(site => !site.Activation.IsNone))
        {
            var reader = model.Graph.Nodes.Single(node => node.Inputs.Contains(site.Goal!));
            Assert.Equal("Clip", reader.OpType);
            Assert.Equal(new Bounds(0, 6), site.Activation);
        }
    }

    [Fact]
    public void The_last_branch_of_a_residual_block_is_fitted_to_the_sum()
    {
        var model = SmallNets.Residual();

        var sites = Find(model).Where(site => site.Beside is not null).ToArray();

        Assert.Equal(3, sites.Length);
        Assert.All(sites, site => Assert.Equal("Add", model.Graph.Nodes.Single(node => node.Outputs.Contains(site.Goal!)).OpType));
    }

    [Fact]
    public void Scale_and_shift_are_those_of_the_normalization()
    {
        var builder = new ModelBuilder();
        var x = builder.Input("x", 1, 1, 4, 4);
        string Vector(string name, params float[] values) => builder.Initializer(name, TensorData.From([values.Length], values));
        var y = builder.Conv(x, builder.Initializer("w", [2, 1, 1, 1], -1, 1), Vector("b", 1, 2));
        builder.Output(builder.Relu(builder.BatchNormalization(
            y, Vector("scale", 2, 3), Vector("shift", 5, 6), Vector("mean", 1, 1), Vector("var", 4, 9))));

        var site = Assert.Single(Find(builder.Build()));

        Assert.Equal([1.0, 1.0], site.Scale, (e, a) => Math.Abs(e - a) < 1e-4);
        Assert.Equal([5.0, 7.0], site.Shift, (e, a) => Math.Abs(e - a) < 1e-4);
        Assert.Equal("b", site.Intercept!.Constant);
    }

    [Fact]
    public void A_constant_added_behind_MatMul_takes_the_intercept()
    {
        var builder = new ModelBuilder();
        var x = builder.Input("x", 1, 3, 4);
        var y = builder.Node("MatMul", [x, builder.Initializer("w", [4, 5], -1, 1)], [1, 3, 5]);
        builder.Output(builder.Add(y, builder.Initializer("b", [5], -1, 1)));

        var site = Assert.Single(Find(builder.Build()));

        Assert.Equal("b", site.Intercept!.Constant);
        Assert.Equal([0, 1, 2, 3, 4], site.Intercept.Places);
    }

    [Fact]
    public void A_weight_that_two_layers_share_is_left_alone()
    {
        var builder = new ModelBuilder();
        var x = builder.Input("x", 1, 3, 4, 4);
        var w = builder.Initializer("w", [3, 3, 1, 1], -1, 1);
        builder.Output(builder.Conv(builder.Conv(x, w, ""), w, ""));

        Assert.Empty(Find(builder.Build()));
    }

    [Fact]
    public void A_bias_that_two_layers_share_takes_no_intercept()
    {
        var builder = new ModelBuilder();
        var x = builder.Input("x", 1, 3, 4, 4);
        var b = builder.Initializer("b", [3], -1, 1);
        var y = builder.Conv(x, builder.Initializer("w1", [3, 3, 1, 1], -1, 1), b);
        builder.Output(builder.Conv(y, builder.Initializer("w2", [3, 3, 1, 1], -1, 1), b));

        Assert.All(Find(builder.Build()), site => Assert.Null(site.Intercept));
    }

    private static FitSite[] Find(OnnxModel model) => [.. new FitSiteFinder(model.Graph, new TracedModel(model).Trace).Find()];
}
