namespace ModelSlim.Core.Operators;

/// <summary>
/// How a node multiplies one input by another, place by place or in sums: where the one is zero, the other does not matter.
/// </summary>
/// <param name="Weights">Index of the input that weighs, often a stored one.</param>
/// <param name="Data">Index of the input that is weighed.</param>
public sealed record Weighing(int Weights, int Data)
{
    /// <summary>
    /// The axis of the weights that is the output's channels, where data of one value adds the same everywhere in a channel: the
    /// value times the sum of the channel's weights. Null where it does not, as at padded borders.
    /// </summary>
    public int? UniformChannels { get; init; }

    /// <summary>Factor of such a sum.</summary>
    public float Scale { get; init; } = 1;

    /// <summary>The input that is added for each channel of the output; null where the node has no such input.</summary>
    public int? Bias { get; init; }

    /// <summary>Factor of that input.</summary>
    public float BiasScale { get; init; } = 1;
}
