using ModelSlim.Core.Costs;
using ModelSlim.Core.Importance;
using ModelSlim.Core.Operators;
using ModelSlim.Core.Pruning;
using ModelSlim.Core.Recipes;
using ModelSlim.Core.Tests.Dependencies;
using ModelSlim.Testing;

namespace ModelSlim.Core.Tests.Pruning;

public sealed class PlanOfCutsTests
{
    private static readonly OperatorCatalog Catalog = OperatorCatalog.Standard;

    [Fact]
    public void Says_of_the_cuts_of_a_plan_what_the_plan_says()
    {
        var net = new AnalysedNet(Make);
        var scores = new MagnitudeCriterion().Score(net.Index, net.Dependencies);
        var planned = new PruningPlanner(Catalog).Plan(
            net.Model, "digest", net.Trace, net.Dependencies, scores, new TargetSpec { Macs = 0.4 }, new PruneSpec()).Value!;
        Assert.True(planned.Cuts.Length > 1);

        var made = new PlanOfCuts(Catalog).Make(net.Model, "digest", net.Trace, net.Dependencies, planned.Cuts, planned.Before).Value!;

        Assert.Equal(new PlanFile().Write(planned), new PlanFile().Write(made));
    }

    [Fact]
    public void Cuts_that_do_not_fit_the_groups_are_refused()
    {
        var net = new AnalysedNet(Make);
        var group = net.Dependencies.Groups[0];
        var made = new PlanOfCuts(Catalog).Make(
            net.Model, "digest", net.Trace, net.Dependencies, [new GroupCut(group.Id, group.Channels + 1, [0])], new ModelCost(1, 1, 1));

        Assert.Equal("MSLIM5003", Assert.Single(made.Diagnostics).Code);
    }

    private static void Make(ModelBuilder b)
    {
        var x = b.Relu(b.Conv(b.Input("x", 1, 3, 8, 8), 16, 3, pad: 1));
        var y = b.Conv(b.Relu(b.Conv(x, 32, 3, pad: 1)), 16, 3, pad: 1);
        b.Output(b.Gemm(b.Flatten(b.GlobalAveragePool(b.Relu(b.Add(x, y)))), 10));
    }
}
