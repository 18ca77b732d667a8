namespace ModelSlim.Core.Exits;

/// <summary>What a classifier's output holds for each class.</summary>
public enum ScoreKind
{
    /// <summary>Any numbers, of which softmax makes probabilities.</summary>
    Logits,

    /// <summary>Probabilities, which sum to 1.</summary>
    Probabilities,

    /// <summary>Logarithms of probabilities.</summary>
    LogProbabilities,
}
