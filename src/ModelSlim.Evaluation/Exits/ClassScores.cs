using ModelSlim.Core.Exits;

namespace ModelSlim.Evaluation.Exits;

/// <summary>What a classifier's outputs hold, told from what they are on samples.</summary>
public static class ClassScores
{
    private const double Tolerance = 1e-3;

    /// <summary>Tells it.</summary>
    /// <param name="outputs">Outputs for some samples, one value a class.</param>
    /// <returns>Null where each class has a score of its own between 0 and 1, as behind a sigmoid, or where scores are no numbers.</returns>
    public static ScoreKind? Of(IReadOnlyList<float[]> outputs)
    {
        if (outputs.Any(scores => scores.Any(score => !float.IsFinite(score))))
        {
            return null;
        }

        if (outputs.All(scores => scores.All(score => score is >= 0 and <= 1)))
        {
            return outputs.All(scores => Math.Abs(scores.Sum() - 1) < Tolerance) ? ScoreKind.Probabilities : null;
        }

        return outputs.All(scores => Math.Abs(scores.Sum(score => Math.Exp(score)) - 1) < Tolerance) ? ScoreKind.LogProbabilities : ScoreKind.Logits;
    }

    /// <summary>Probabilities that scores stand for.</summary>
    /// <param name="kind">What the scores are.</param>
    /// <param name="scores">One a class.</param>
    public static double[] Probabilities(ScoreKind kind, float[] scores) => kind == ScoreKind.Probabilities
        ? Array.ConvertAll(scores, score => (double)score)
        : Softmax(Array.ConvertAll(scores, score => (double)score));

    /// <summary>Softmax, without overflow.</summary>
    public static double[] Softmax(double[] logits)
    {
        var largest = logits.Max();
        var result = Array.ConvertAll(logits, logit => Math.Exp(logit - largest));
        var sum = result.Sum();
        for (var i = 0; i < result.Length; i++)
        {
            result[i] /= sum;
        }

        return result;
    }
}
