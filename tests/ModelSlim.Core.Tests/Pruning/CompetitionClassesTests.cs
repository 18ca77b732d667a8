using ModelSlim.Core.Importance;
using ModelSlim.Core.Operators;
using ModelSlim.Core.Pruning;
using ModelSlim.Core.Recipes;
using ModelSlim.Core.Tensors;
using ModelSlim.Core.Tests.Dependencies;
using ModelSlim.Testing;

namespace ModelSlim.Core.Tests.Pruning;

/// <summary>Two branches built alike and one that is not.</summary>
public sealed class CompetitionClassesTests
{
    [Fact]
    public void EveryKindOfGroupLosesTheSamePart()
    {
        var cuts = Plan(Scope.Isomorphic);

        // The two alike lose four of their eight, as far as max_ratio allows from the one whose channels differ; the odd one two of four.
        Assert.Equal(["uneven 0 1 2", "even 0", "odd 0 1"], cuts);
    }

    [Fact]
    public void WithoutKindsTheLowestScoresGo() => Assert.Equal(["uneven 0 1 2", "even 0 1 2"], Plan(Scope.Global));

    [Theory]
    [InlineData(true, Scope.Global)]
    [InlineData(false, Scope.Local)]
    public void LeftOpenItFollowsFromWhatTheScoresAre(bool comparable, Scope scope) =>
        Assert.Equal(Plan(scope), Plan(Scope.Auto, comparable));

    private static string[] Plan(Scope scope, bool comparable = false)
    {
        var net = new AnalysedNet(b =>
        {
            var x = b.Input("x", 1, 1, 1, 1);
            var uneven = Branch(b, "uneven", [1, 1, 1, 30], x, b.Relu);
            var even = Branch(b, "even", [1, 1, 1, 1], x, b.Relu);
            var odd = Branch(b, "odd", [1, 1, 1, 1], x, made => made);
            b.Output(b.Add(b.Add(uneven, even), odd));
        });
        var plan = new PruningPlanner(OperatorCatalog.Standard).Plan(
            net.Model,
            "digest",
            net.Trace,
            net.Dependencies,
            new MagnitudeCriterion().Score(net.Index, net.Dependencies) with { AreComparable = comparable },
            new TargetSpec { Macs = 0.5 },
            new PruneSpec { Scope = scope, RoundTo = 1, MaxRatio = 0.75 });
        Assert.True(plan.Succeeded, string.Join('\n', plan.Diagnostics));
        return [.. plan.Value.Cuts.Select(cut => $"{cut.Group} {string.Join(' ', cut.Removed)}")];
    }

    private static string Branch(ModelBuilder b, string name, float[] weights, string x, Func<string, string> between) => b.Conv(
        between(b.Conv(x, b.Initializer(name, TensorData.From([4, 1, 1, 1], weights)), "")),
        b.Initializer($"{name}.read", TensorData.From([1, 4, 1, 1], weights)),
        "");
}
