using ModelSlim.Core.Dependencies;
using ModelSlim.Core.Graphs;

namespace ModelSlim.Core.Importance;

/// <summary>A way to score channels.</summary>
public abstract class ImportanceCriterion
{
    /// <summary>Scores every channel of every group.</summary>
    public ImportanceScores Score(GraphIndex index, DependencyGraph dependencies) =>
        new([.. dependencies.Groups.Select(group => Normalise(Score(index, group)))]);

    /// <summary>Raw scores of the channels of one group, none negative.</summary>
    protected abstract double[] Score(GraphIndex index, ChannelGroup group);

    // Dividing by the mean makes scores of different groups comparable (Fang et al. 2023, section 3.3).
    private static System.Collections.Immutable.ImmutableArray<double> Normalise(double[] scores)
    {
        var mean = scores.Average();
        return [.. scores.Select(score => mean > 0 ? score / mean : 1)];
    }
}
