using ModelSlim.Core.Importance;

namespace ModelSlim.Core.Tests.Importance;

/// <summary>FPGM by hand.</summary>
public sealed class GeometricMedianCriterionTests
{
    // The makers are 5, 0 and 5 apart, the readers 0, 2 and 2.
    [Fact]
    public void SumsDistancesOverEveryWeight() => ScoredNet.AssertScores(
        [5 + 2, 10 + 2, 5 + 4], ScoredNet.Score(new GeometricMedianCriterion(), [0, 0, 3, 4, 0, 0], [0, 0, 2]));

    [Fact]
    public void TheSmallestIsNotTheFirstToGo()
    {
        var scores = ScoredNet.Score(new GeometricMedianCriterion(), [1, 0, 5, 0, 6, 0], [1, 1, 1]);

        ScoredNet.AssertScores([4 + 5, 4 + 1, 5 + 1], scores);
    }
}
