using ModelSlim.Core.Importance;
using ModelSlim.Core.Operators;
using ModelSlim.Core.Pruning;
using ModelSlim.Core.Recipes;
using ModelSlim.Core.Tests.Dependencies;
using ModelSlim.Testing;

namespace ModelSlim.Core.Tests.Pruning;

public sealed class PruningPlannerTests
{
    // 24 channels that go together: a block of 8 takes 56% of all there is to compute.
    [Theory]
    [InlineData(0.8, null, 3)]
    [InlineData(0.5, null, 8)] // 45% is near enough.
    [InlineData(0.8, 8, 8)] // Widths are told.
    public void Parts_of_a_block_go_back_where_it_goes_much_too_far(double macs, int? roundTo, int removed)
    {
        var net = new AnalysedNet(Trunk);
        var scores = new MagnitudeCriterion().Score(net.Index, net.Dependencies);

        var plan = new PruningPlanner(OperatorCatalog.Standard).Plan(
            net.Model, "digest", net.Trace, net.Dependencies, scores, new TargetSpec { Macs = macs }, new PruneSpec { RoundTo = roundTo }).Value!;

        Assert.Equal(removed, Assert.Single(plan.Cuts).Removed.Length);
        Assert.InRange(plan.After.Macs, 1, macs * plan.Before.Macs);
    }

    [Fact]
    public void Half_of_nothing_that_can_be_counted_is_not_reached()
    {
        var net = new AnalysedNet(b => b.Output(b.Relu(b.Input("x", 1, 3, 8, 8))));
        var scores = new MagnitudeCriterion().Score(net.Index, net.Dependencies);
        var plans = new[] { 0.5, 1 }.Select(macs => new PruningPlanner(OperatorCatalog.Standard).Plan(
            net.Model, "digest", net.Trace, net.Dependencies, scores, new TargetSpec { Macs = macs }, new PruneSpec())).ToArray();

        Assert.Equal("MSLIM5001", Assert.Single(plans[0].Diagnostics).Code);
        Assert.True(plans[1].Succeeded);
    }

    private static void Trunk(ModelBuilder b)
    {
        var x = b.Relu(b.Conv(b.Input("x", 1, 1, 8, 8), 24, 1));
        for (var block = 0; block < 4; block++)
        {
            x = b.Relu(b.Add(x, b.Conv(x, 24, 3, pad: 1)));
        }

        b.Output(b.Gemm(b.Flatten(b.GlobalAveragePool(x)), 2));
    }
}
