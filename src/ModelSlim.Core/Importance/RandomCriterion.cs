using System.Collections.Immutable;
using ModelSlim.Core.Data;
using ModelSlim.Core.Dependencies;
using ModelSlim.Core.Graphs;

namespace ModelSlim.Core.Importance;

/// <summary>Scores by chance: what every other criterion has to beat.</summary>
/// <param name="seed">Same seed, same scores.</param>
public sealed class RandomCriterion(long seed) : ImportanceCriterion
{
    /// <inheritdoc/>
    protected override IEnumerable<double[]> Score(GraphIndex index, ImmutableArray<ChannelGroup> groups) => groups.Select(Score);

    private double[] Score(ChannelGroup group)
    {
        var random = new SplitMix(seed, $"importance/{group.Id}");
        return [.. Enumerable.Range(0, group.Channels).Select(_ => (double)random.NextSingle())];
    }
}
