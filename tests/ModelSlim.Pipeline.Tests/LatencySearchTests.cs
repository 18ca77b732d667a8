using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Importance;
using ModelSlim.Core.Operators;
using ModelSlim.Core.Pruning;
using ModelSlim.Core.Recipes;
using ModelSlim.Evaluation.Metrics;
using ModelSlim.Evaluation.Sessions;
using ModelSlim.Testing;

namespace ModelSlim.Pipeline.Tests;

/// <summary>Searches with a clock of their own, on which time follows from MACs.</summary>
public sealed class LatencySearchTests
{
    private static readonly OperatorCatalog Catalog = OperatorCatalog.Standard;
    private static readonly ModelAnalysis Net = Analyse();

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.7)]
    public void TheLargestPlanThatIsFastEnoughIsFound(double share)
    {
        // A fifth of the time stays however little is computed.
        var plan = Plan(new TargetSpec { Latency = new TargetLimit(share, true) }, macs => 2 + (8 * macs));

        Assert.True(plan.Succeeded, string.Join('\n', plan.Diagnostics));
        var wanted = ((0.97 * share * 10) - 2) / 8;
        Assert.InRange((double)plan.Value.After.Macs / Net.Given.Macs, wanted - 0.06, wanted);
    }

    [Fact]
    public void MillisecondsAreALimitToo()
    {
        var plan = Plan(new TargetSpec { Latency = new TargetLimit(6, false) }, macs => 10 * macs);

        Assert.InRange((double)plan.Value!.After.Macs / Net.Given.Macs, 0.52, 0.582);
    }

    [Fact]
    public void TheOtherTargetsHoldAsWell()
    {
        var fast = Plan(new TargetSpec { Macs = 0.5, Latency = new TargetLimit(0.9, true) }, macs => 10 * macs).Value!;
        var small = Plan(new TargetSpec { Params = 0.4, Latency = new TargetLimit(0.9, true) }, macs => 10 * macs).Value!;

        Assert.InRange((double)fast.After.Macs / Net.Given.Macs, 0.44, 0.5);
        Assert.True(small.After.Params <= 0.4 * Net.Given.Params);
        Assert.True(small.After.Macs <= 0.9 * 0.97 * Net.Given.Macs);
    }

    [Fact]
    public void WhatNoPlanReachesIsRefusedWithWhatWasMeasured()
    {
        var refused = Plan(new TargetSpec { Latency = new TargetLimit(0.5, true) }, macs => 9 + macs);

        var error = Assert.Single(refused.Diagnostics);
        Assert.Equal("MSLIM5001", error.Code);
        Assert.Matches(@"^latency=50% cannot be met: the fastest plan that was measured takes 9\.[0-9]{3} ms where the original takes 10\.000 ms \(9[0-9]\.[0-9]%\), with [0-9.]+% of its MACs$", error.Message);
    }

    [Fact]
    public void AnotherTargetThatCannotBeMetIsNotTimed()
    {
        var refused = Plan(
            new TargetSpec { Macs = 0.001, Latency = new TargetLimit(0.5, true) }, _ => throw new InvalidOperationException("timed"));

        Assert.StartsWith("macs=0.1% cannot be met", Assert.Single(refused.Diagnostics).Message, StringComparison.Ordinal);
    }

    private static Result<PruningPlan> Plan(TargetSpec target, Func<double, double> milliseconds) => new PlanStage(Catalog, new Clock(milliseconds)).Run(
        Net,
        new MagnitudeCriterion().Score(Net.Index, Net.Dependencies),
        new Recipe { Target = target, Prune = new PruneSpec { RoundTo = 1 } },
        TestContext.Current.CancellationToken);

    private static ModelAnalysis Analyse()
    {
        var builder = new ModelBuilder();
        var x = builder.Relu(builder.Conv(builder.Input("x", 1, 3, 8, 8), 24, 3, pad: 1));
        x = builder.Relu(builder.Conv(x, 32, 3, pad: 1));
        x = builder.Relu(builder.Conv(x, 24, 3, pad: 1));
        builder.Output(builder.Conv(builder.GlobalAveragePool(x), 5, 1));
        return new AnalysisStage(new SessionFactory(), Catalog)
            .Run(builder.Build(), new Recipe { Target = new TargetSpec() }, CancellationToken.None).Value!;
    }

    private sealed class Clock(Func<double, double> milliseconds) : IPlanTimer
    {
        public Result<LatencyComparison> Time(ModelAnalysis analysis, PruningPlan plan, CancellationToken cancellation) => new LatencyComparison(
            [At(1), At((double)plan.After.Macs / analysis.Given.Macs)], 1);

        private Latency At(double macs) => new(milliseconds(macs), milliseconds(macs), milliseconds(macs));
    }
}
