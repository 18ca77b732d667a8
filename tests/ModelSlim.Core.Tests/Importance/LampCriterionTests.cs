using ModelSlim.Core.Importance;

namespace ModelSlim.Core.Tests.Importance;

/// <summary>LAMP by hand.</summary>
public sealed class LampCriterionTests
{
    // Squares 4, 1, 9 with mean 14/3 and 1, 1, 1 with mean 1 make 26/14, 17/14 and 41/14.
    [Fact]
    public void DividesByWhatIsAtLeastAsLarge() => ScoredNet.AssertScores(
        [26.0 / 67, 17.0 / 84, 1], ScoredNet.Score(new LampCriterion(), [2, 0, 0, 1, 3, 0], [1, 1, 1]));

    [Fact]
    public void EqualOnesComeInOrder() => ScoredNet.AssertScores(
        [1.0 / 3, 1.0 / 2, 1], ScoredNet.Score(new LampCriterion(), [1, 1, 1, 1, 1, 1], [2, 2, 2]));

    [Fact]
    public void NothingButZerosScoresAlike() => ScoredNet.AssertScores(
        [1, 1, 1], ScoredNet.Score(new LampCriterion(), new float[6], new float[3]));
}
