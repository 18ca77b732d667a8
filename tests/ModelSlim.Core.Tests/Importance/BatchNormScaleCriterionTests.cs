using ModelSlim.Core.Importance;
using ModelSlim.Core.Operators;

namespace ModelSlim.Core.Tests.Importance;

/// <summary>Scales of batch normalization by hand.</summary>
public sealed class BatchNormScaleCriterionTests
{
    private static readonly float[] Made = [1, 2, 3, 4, 5, 6];
    private static readonly float[] Read = [3, 2, 1];
    private static readonly BatchNormScaleCriterion Criterion = new(OperatorCatalog.Standard);

    [Fact]
    public void TakesTheSizeOfTheScale() =>
        ScoredNet.AssertScores([3, 1, 2], ScoredNet.Score(Criterion, Made, Read, [-3, 1, 2]));

    [Fact]
    public void TakesTheMeanOfCoupledScales() =>
        ScoredNet.AssertScores([2, 1, 3], ScoredNet.Score(Criterion, Made, Read, [-3, 1, 2], [1, 1, -4]));

    [Fact]
    public void WithoutAnyItIsMagnitude() =>
        Assert.Equal(ScoredNet.Score(new MagnitudeCriterion(), Made, Read), ScoredNet.Score(Criterion, Made, Read));
}
