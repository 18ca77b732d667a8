using ModelSlim.Core.Exits;
using ModelSlim.Evaluation.Repair;

namespace ModelSlim.Evaluation.Exits;

/// <summary>What a head says of samples.</summary>
/// <param name="Logits">For each sample a number a class.</param>
/// <param name="Confidence">For each sample the largest probability.</param>
public sealed record HeadScores(IReadOnlyList<double[]> Logits, IReadOnlyList<double> Confidence)
{
    /// <summary>Works it out.</summary>
    /// <param name="head">The head.</param>
    /// <param name="features">Features of the samples.</param>
    internal static HeadScores Of(ExitHead head, Rows features)
    {
        var (weights, bias) = (head.Weights.ToSingles(), head.Bias.ToSingles());
        var logits = new double[features.Count][];
        for (var row = 0; row < logits.Length; row++)
        {
            var values = features[row];
            logits[row] = new double[bias.Length];
            for (var c = 0; c < bias.Length; c++)
            {
                double sum = bias[c];
                var own = weights.AsSpan(c * values.Length, values.Length);
                for (var i = 0; i < values.Length; i++)
                {
                    sum += (double)own[i] * values[i];
                }

                logits[row][c] = sum;
            }
        }

        return new HeadScores(logits, Array.ConvertAll(logits, row => ClassScores.Softmax(row).Max()));
    }

    /// <summary>What the head gives for a sample as an output of the model.</summary>
    /// <param name="kind">What the model's output holds.</param>
    /// <param name="sample">The sample.</param>
    public double[] Output(ScoreKind kind, int sample) => kind switch
    {
        ScoreKind.Probabilities => ClassScores.Softmax(Logits[sample]),
        ScoreKind.LogProbabilities => Array.ConvertAll(ClassScores.Softmax(Logits[sample]), Math.Log),
        _ => Logits[sample],
    };
}
