using ModelSlim.Core.Costs;
using ModelSlim.Core.Importance;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Operators;
using ModelSlim.Core.Pruning;
using ModelSlim.Core.Recipes;
using ModelSlim.Testing;

namespace ModelSlim.Evaluation.Tests.Oracles;

/// <summary>What a plan predicts is what a recount of the written file gives, and targets are met from below.</summary>
public sealed class PlanHonestyTests
{
    [Theory]
    [CombinatorialNets]
    public void PredictedCostIsTheRecount(string kind, bool folded, Scope scope, double share)
    {
        var traced = new TracedModel(SmallNets.Make(kind, folded));
        var plan = Plan(traced, new TargetSpec { Macs = share }, new PruneSpec { Scope = scope });
        var cuts = new PlanExpansion().Expand(plan.Cuts, traced.Dependencies, traced.Trace);
        Assert.True(cuts.Succeeded);
        var slim = traced.Model.With(new CutApplier(OperatorCatalog.Standard).Apply(traced.Index, traced.Trace, cuts.Value));
        using var folder = new TemporaryFolder();
        var path = folder.File("slim.onnx");
        new OnnxWriter().Save(slim, path);

        var written = new OnnxReader().Read(path);
        Assert.True(written.Succeeded);
        var recount = new CostModel(OperatorCatalog.Standard).Measure(written.Value, new TracedModel(written.Value).Trace);
        Assert.Equal(plan.After, recount);
        Assert.Equal(new FileInfo(path).Length, recount.Bytes);
        Assert.True(recount.Macs <= share * plan.Before.Macs);
    }

    [Fact]
    public void TargetIsMetWithinOneBlock()
    {
        var traced = new TracedModel(SmallNets.Make("chain"));
        foreach (var share in new[] { 0.8, 0.6, 0.5, 0.4, 0.3 })
        {
            var plan = Plan(traced, new TargetSpec { Macs = share }, new PruneSpec { RoundTo = 1 });
            foreach (var cut in plan.Cuts)
            {
                // One channel fewer of any group misses the target.
                var eased = plan.Cuts.Replace(cut, cut with { Removed = cut.Removed[1..] });
                var cuts = new PlanExpansion().Expand(eased, traced.Dependencies, traced.Trace);
                var slim = traced.Model.With(new CutApplier(OperatorCatalog.Standard).Apply(traced.Index, traced.Trace, cuts.Value!));
                var cost = new CostModel(OperatorCatalog.Standard).Measure(slim, new TracedModel(slim).Trace);
                Assert.True(cost.Macs > share * plan.Before.Macs);
            }
        }
    }

    [Fact]
    public void SeveralTargetsAllHold()
    {
        var traced = new TracedModel(SmallNets.Make("residual"));
        var plan = Plan(traced, new TargetSpec { Macs = 0.7, Params = 0.4 }, new PruneSpec());
        Assert.True(plan.After.Macs <= 0.7 * plan.Before.Macs);
        Assert.True(plan.After.Params <= 0.4 * plan.Before.Params);
    }

    [Theory]
    [InlineData("residual", 0.5)]
    [InlineData("chain", 0.3)]
    public void TheWrittenFileIsNoLargerThanAskedFor(string kind, double share)
    {
        var traced = new TracedModel(SmallNets.Make(kind));
        var whole = new OnnxWriter().Size(traced.Model);
        var least = Plan(traced, new TargetSpec { Size = new TargetLimit(share, true) }, new PruneSpec { RoundTo = 1 });
        var amount = Plan(traced, new TargetSpec { Size = new TargetLimit(least.After.Bytes, false) }, new PruneSpec { RoundTo = 1 });

        Assert.InRange(least.After.Bytes, 1, share * whole);
        Assert.InRange(amount.After.Bytes, 1, least.After.Bytes);
        Assert.Equal(whole, least.Before.Bytes);
    }

    [Fact]
    public void WidthsAreMultiplesOfRoundTo()
    {
        var traced = new TracedModel(SmallNets.Make("chain"));
        var plan = Plan(traced, new TargetSpec { Macs = 0.5 }, new PruneSpec { RoundTo = 4 });
        Assert.NotEmpty(plan.Cuts);
        Assert.All(plan.Cuts, cut => Assert.Equal(0, (cut.Channels - cut.Removed.Length) % 4));
    }

    [Fact]
    public void LocalScopeCutsEveryGroupAlike()
    {
        var traced = new TracedModel(SmallNets.Make("chain"));
        var plan = Plan(traced, new TargetSpec { Macs = 0.5 }, new PruneSpec { Scope = Scope.Local, RoundTo = 1 });
        var ratios = traced.Dependencies.Groups.Select(group =>
            (double)(plan.Cuts.FirstOrDefault(cut => cut.Group == group.Id)?.Removed.Length ?? 0) / group.Channels).ToArray();
        Assert.True(ratios.Max() - ratios.Min() <= 1.5 / traced.Dependencies.Groups.Min(group => group.Channels));
    }

    [Fact]
    public void UnreachableTargetSaysWhatCanBeReached()
    {
        var traced = new TracedModel(SmallNets.Make("chain"));
        var scores = new MagnitudeCriterion().Score(traced.Index, traced.Dependencies);
        var plan = new PruningPlanner(OperatorCatalog.Standard).Plan(
            traced.Model, "", traced.Trace, traced.Dependencies, scores, new TargetSpec { Macs = 0.1 }, new PruneSpec { MaxRatio = 0.2 });
        Assert.False(plan.Succeeded);
        var error = Assert.Single(plan.Diagnostics);
        Assert.Equal("MSLIM5001", error.Code);
        Assert.Matches(
            @"^macs=10% cannot be met: the least that can be reached is [0-9]+\.[0-9]%, with prune\.max_ratio 20%; channels that must stay: .* because it is an output of the model.*; modelslim inspect lists them all$",
            error.Message);
    }

    [Fact]
    public void WeightsThatOnlyBranchesReadAreSaidToStay()
    {
        var traced = new TracedModel(FlowNets.WeightsOutside());
        var plan = new PruningPlanner(OperatorCatalog.Standard).Plan(
            traced.Model, "", traced.Trace, traced.Dependencies, new MagnitudeCriterion().Score(traced.Index, traced.Dependencies), new TargetSpec { Macs = 0.5 }, new PruneSpec());
        Assert.Matches(
            "^macs=50% cannot be met: no channel can be removed; channels that must stay: .*those inside '.*' because what its subgraphs read stays as it is",
            Assert.Single(plan.Diagnostics).Message);
    }

    private static PruningPlan Plan(TracedModel traced, TargetSpec target, PruneSpec prune)
    {
        var scores = new MagnitudeCriterion().Score(traced.Index, traced.Dependencies);
        var plan = new PruningPlanner(OperatorCatalog.Standard).Plan(
            traced.Model, "digest", traced.Trace, traced.Dependencies, scores, target, prune);
        Assert.True(plan.Succeeded, string.Join('\n', plan.Diagnostics));
        return plan.Value;
    }

    private sealed class CombinatorialNetsAttribute : Xunit.v3.DataAttribute
    {
        public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(
            System.Reflection.MethodInfo testMethod, Xunit.Sdk.DisposalTracker disposalTracker) => new([
                .. from kind in SmallNets.Kinds
                   from folded in new[] { false, true }
                   from scope in new[] { Scope.Global, Scope.Local }
                   from share in new[] { 0.75, 0.5 }
                   select new TheoryDataRow<string, bool, Scope, double>(kind, folded, scope, share),
            ]);

        public override bool SupportsDiscoveryEnumeration() => true;
    }
}
