using System.Collections.Immutable;
using CsCheck;
using ModelSlim.Core.Costs;
using ModelSlim.Core.Data;
using ModelSlim.Core.Importance;
using ModelSlim.Core.Operators;
using ModelSlim.Core.Pruning;
using ModelSlim.Core.Recipes;

namespace ModelSlim.Evaluation.Tests.Oracles;

/// <summary>
/// Random nets and random plans: the slim model equals the masked original, and what a plan predicts is what the slim model
/// counts. A failure prints the seed to repeat it with and the smallest net that was found to fail.
/// </summary>
public sealed class RandomNetTests
{
    private const int Nets = 150;
    private const int Plans = 3;
    private const double LeastCutting = 0.9;

    private static readonly Gen<int[]> Tapes = Gen.Int[0, 1 << 20].Array[1, 60];

    [Fact]
    public void SlimModelEqualsMaskedOriginal()
    {
        var (plans, cutting) = (0, 0);
        Tapes.Sample(
            tape =>
            {
                var traced = new TracedModel(RandomNet.Make(tape));
                var random = new SplitMix(tape.Length, string.Join(',', tape));
                for (var plan = 0; plan < Plans; plan++)
                {
                    var cuts = traced.RandomCuts(random);
                    Interlocked.Increment(ref plans);
                    Interlocked.Add(ref cutting, cuts.Any(cut => cut.Removed.Length > 0) ? 1 : 0);
                    AssertSame(traced, cuts, plan);
                }
            },
            iter: Nets,
            print: Print);

        // Where everything were frozen, every slim model would equal its original.
        Assert.True(cutting >= LeastCutting * plans, $"only {cutting} of {plans} plans cut anything");
    }

    [Fact]
    public void PredictedCostIsTheRecount() => Tapes.Sample(
        tape =>
        {
            var traced = new TracedModel(RandomNet.Make(tape));
            var random = new SplitMix(tape.Length, string.Join(',', tape));
            var target = random.NextInt(2) == 0
                ? new TargetSpec { Macs = 0.9 - (0.2 * random.NextInt(4)) }
                : new TargetSpec { Macs = 0.8, Params = 0.9 - (0.2 * random.NextInt(4)) };
            var prune = new PruneSpec
            {
                Scope = random.NextInt(2) == 0 ? Scope.Global : Scope.Local,
                RoundTo = random.NextInt(4) is > 0 and var width ? width : null,
                MaxRatio = 0.5 + (0.2 * random.NextInt(3)),
            };
            var scores = new RandomCriterion(tape.Length).Score(traced.Index, traced.Dependencies);
            var plan = new PruningPlanner(OperatorCatalog.Standard)
                .Plan(traced.Model, "", traced.Trace, traced.Dependencies, scores, target, prune);
            if (!plan.Succeeded)
            {
                Assert.Equal("MSLIM5001", Assert.Single(plan.Diagnostics).Code);
                return;
            }

            var cuts = new PlanExpansion().Expand(plan.Value.Cuts, traced.Dependencies, traced.Trace);
            var slim = traced.Model.With(new CutApplier(OperatorCatalog.Standard).Apply(traced.Index, traced.Trace, cuts.Value!));
            Assert.Equal(plan.Value.After, new CostModel(OperatorCatalog.Standard).Measure(slim, new TracedModel(slim).Trace));
            Assert.True(plan.Value.After.Macs <= (target.Macs ?? 1) * plan.Value.Before.Macs);
            Assert.True(plan.Value.After.Params <= (target.Params ?? 1) * plan.Value.Before.Params);
        },
        iter: Nets,
        print: Print);

    private static string Print(int[] tape) => RandomNet.Describe(RandomNet.Make(tape).Graph);

    private static void AssertSame(TracedModel traced, ImmutableArray<GroupCut> plan, int seed)
    {
        var cuts = new PlanExpansion().Expand(plan, traced.Dependencies, traced.Trace);
        Assert.True(cuts.Succeeded);
        var slim = new CutApplier(OperatorCatalog.Standard).Apply(traced.Index, traced.Trace, cuts.Value);
        var masked = new ChannelMask(OperatorCatalog.Standard).Apply(traced.Index, traced.Trace, cuts.Value);
        var (expected, actual) = (traced.Run(masked, seed), traced.Run(slim, seed));
        Assert.Equal(expected.Length, actual.Length);
        var scale = Math.Max(expected.Max(Math.Abs), 1e-12f);
        var error = expected.Zip(actual, (e, a) => Math.Abs(e - a)).Max() / scale;
        Assert.True(error <= 1e-4, $"relative error {error} after {string.Join("; ", plan.Select(cut => $"{cut.Group}: {string.Join(',', cut.Removed)}"))}");
    }
}
