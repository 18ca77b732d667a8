using System.Collections.Immutable;
using ModelSlim.Core.Importance;
using ModelSlim.Core.Tests.Dependencies;

namespace ModelSlim.Core.Tests.Importance;

public sealed class StrengthScoresTests
{
    private static readonly AnalysedNet Net = new(b =>
    {
        var x = b.Relu(b.Conv(b.Input("x", 1, 2, 4, 4), 3, 1));
        b.Output(b.Conv(b.Relu(b.Conv(x, 3, 1)), 2, 1));
    });

    [Fact]
    public void All_groups_stay_in_one_unit()
    {
        var ids = Net.Dependencies.Groups.Select(group => group.Id).ToArray();
        var scores = Of((ids[0], [1, 2, 3]), (ids[1], [0, 0, 12]));

        ScoredNet.AssertScores([1, 2, 3, 0, 0, 12], [.. scores.ByGroup[ids[0]], .. scores.ByGroup[ids[1]]]);
    }

    [Fact]
    public void Where_nothing_is_left_all_are_alike()
    {
        var ids = Net.Dependencies.Groups.Select(group => group.Id).ToArray();
        var scores = Of((ids[0], [0, 0, 0]), (ids[1], [0, 0, 0]));

        Assert.All(scores.ByGroup.Values.SelectMany(group => group), score => Assert.Equal(1, score));
    }

    [Fact]
    public void A_group_that_training_says_nothing_of_is_scored_by_magnitude()
    {
        var ids = Net.Dependencies.Groups.Select(group => group.Id).ToArray();
        var scores = Of((ids[0], [1, 2, 3]));

        Assert.Equal(new MagnitudeCriterion().Score(Net.Index, Net.Dependencies).ByGroup[ids[1]], scores.ByGroup[ids[1]]);
        ScoredNet.AssertScores([1, 2, 3], [.. scores.ByGroup[ids[0]]]);
    }

    private static ImportanceScores Of(params (string Id, double[] Strengths)[] groups) => new StrengthScores().Of(
        Net.Index, Net.Dependencies, groups.ToDictionary(group => group.Id, group => group.Strengths.ToImmutableArray()));
}
