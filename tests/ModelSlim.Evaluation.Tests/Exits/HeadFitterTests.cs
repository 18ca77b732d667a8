using ModelSlim.Core.Data;
using ModelSlim.Core.Exits;
using ModelSlim.Core.Graphs;
using ModelSlim.Evaluation.Exits;
using ModelSlim.Evaluation.Repair;

namespace ModelSlim.Evaluation.Tests.Exits;

public sealed class HeadFitterTests
{
    private const int Classes = 4;

    [Fact]
    public void A_head_says_what_a_linear_teacher_says()
    {
        var (features, teacher) = Case(600, 10);
        var scores = HeadScores.Of(new HeadFitter(2).Fit(features, teacher)!, features);

        for (var i = 0; i < features.Count; i++)
        {
            Assert.All(ClassScores.Softmax(scores.Logits[i]).Zip(teacher[i]), pair => Assert.InRange(pair.First - pair.Second, -0.03, 0.03));
            Assert.Equal(ClassScores.Softmax(scores.Logits[i]).Max(), scores.Confidence[i]);
        }
    }

    [Fact]
    public void Threads_change_no_bit()
    {
        var (features, teacher) = Case(500, 37);
        var (one, four) = (new HeadFitter(1).Fit(features, teacher)!, new HeadFitter(4).Fit(features, teacher)!);

        Assert.True(GraphComparison.Same(one.Weights, four.Weights));
        Assert.True(GraphComparison.Same(one.Bias, four.Bias));
    }

    [Fact]
    public void Features_that_are_always_the_same_get_no_weight()
    {
        var (features, teacher) = Case(300, 6);
        for (var i = 0; i < features.Count; i++)
        {
            features[i][2] = 7;
        }

        var weights = new HeadFitter(1).Fit(features, teacher)!.Weights.ToSingles();

        Assert.All(Enumerable.Range(0, Classes), c => Assert.Equal(0, weights[(c * 6) + 2]));
    }

    [Fact]
    public void Outputs_tell_what_they_are()
    {
        Assert.Equal(ScoreKind.Logits, ClassScores.Of([[1, -2, 3], [0.5f, 0.25f, 0.25f]]));
        Assert.Equal(ScoreKind.Probabilities, ClassScores.Of([[1, 0, 0], [0.5f, 0.25f, 0.25f]]));
        Assert.Equal(ScoreKind.LogProbabilities, ClassScores.Of([[MathF.Log(0.5f), MathF.Log(0.25f), MathF.Log(0.25f)]]));
        Assert.Null(ClassScores.Of([[0.9f, 0.8f, 0.1f], [0.5f, 0.25f, 0.25f]]));
        Assert.Null(ClassScores.Of([[1, float.NaN, 3]]));
    }

    private static (Rows Features, double[][] Teacher) Case(int count, int width)
    {
        var random = new SplitMix(4, "head");
        float Next() => (2 * random.NextSingle()) - 1;
        var features = Rows.Of(count, width);
        var weights = Enumerable.Range(0, width * Classes).Select(_ => (double)Next()).ToArray();
        for (var i = 0; i < features.Data.Length; i++)
        {
            features.Data[i] = (3 * Next()) + 5;
        }

        return (
            features,
            [
                .. Enumerable.Range(0, count).Select(row => ClassScores.Softmax(
                    [.. Enumerable.Range(0, Classes).Select(c => Enumerable.Range(0, width).Sum(i => weights[(i * Classes) + c] * (features.Data[(row * width) + i] - 5)))])),
            ]);
    }
}
