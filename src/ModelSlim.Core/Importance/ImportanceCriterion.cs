using System.Collections.Immutable;
using ModelSlim.Core.Dependencies;
using ModelSlim.Core.Graphs;

namespace ModelSlim.Core.Importance;

/// <summary>A way to score channels by the weights alone.</summary>
public abstract class ImportanceCriterion
{
    /// <summary>Scores every channel of every group; scores of a group have mean 1.</summary>
    public ImportanceScores Score(GraphIndex index, DependencyGraph dependencies) => new(dependencies.Groups
        .Zip(Score(index, dependencies.Groups), (group, scores) => KeyValuePair.Create(group.Id, Normalise(scores)))
        .ToImmutableDictionary(StringComparer.Ordinal));

    /// <summary>For each group, in order: raw scores of its channels, none negative.</summary>
    protected abstract IEnumerable<double[]> Score(GraphIndex index, ImmutableArray<ChannelGroup> groups);

    // Dividing by the mean makes scores of different groups comparable (Fang et al. 2023, section 3.3).
    private static ImmutableArray<double> Normalise(double[] scores)
    {
        var mean = scores.Average();
        return [.. scores.Select(score => mean > 0 ? score / mean : 1)];
    }
}
