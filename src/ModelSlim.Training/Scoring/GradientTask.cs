using System.Collections.Immutable;
using ModelSlim.Core.Dependencies;
using ModelSlim.Core.Recipes;

namespace ModelSlim.Training.Scoring;

/// <summary>What to score by gradients.</summary>
/// <param name="Groups">The channels.</param>
/// <param name="Labelled">
/// True for the loss of labels and its change to first order (taylor), false for answers that are drawn and the Fisher information (fisher).
/// </param>
/// <param name="Seed">Chooses samples, and draws answers.</param>
public sealed record GradientTask(ImmutableArray<ChannelGroup> Groups, bool Labelled, long Seed)
{
    /// <summary>Number of samples at most.</summary>
    public const int MostSamples = 512;

    /// <summary>True where the outputs are values inside the network, and no scores of classes.</summary>
    public bool StandIn { get; init; }

    /// <summary>How to compute.</summary>
    public Numerics Numerics { get; init; }
}
