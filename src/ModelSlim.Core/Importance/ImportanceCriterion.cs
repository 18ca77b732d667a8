using System.Collections.Immutable;
using ModelSlim.Core.Dependencies;
using ModelSlim.Core.Graphs;

namespace ModelSlim.Core.Importance;

/// <summary>A way to score channels.</summary>
public abstract class ImportanceCriterion
{
    /// <summary>Scores every channel of every group.</summary>
    public ImportanceScores Score(GraphIndex index, DependencyGraph dependencies) =>
        new([.. Score(index, dependencies.Groups).Select(Normalise)]);

    /// <summary>For each group, in order: raw scores of its channels, none negative.</summary>
    protected abstract IEnumerable<double[]> Score(GraphIndex index, ImmutableArray<ChannelGroup> groups);

    // Dividing by the mean makes scores of different groups comparable (Fang et al. 2023, section 3.3).
    private static ImmutableArray<double> Normalise(double[] scores)
    {
        var mean = scores.Average();
        return [.. scores.Select(score => mean > 0 ? score / mean : 1)];
    }
}
