using System.Collections.Immutable;
using ModelSlim.Core.Dependencies;
using ModelSlim.Core.Graphs;

namespace ModelSlim.Core.Importance;

/// <summary>
/// L2 norm of all that belongs to a channel: for every weight of rank 2 and more on the group's axes, the root mean square
/// over the channel's slice relative to the whole weight, averaged over the weights (group magnitude, Fang et al. 2023).
/// </summary>
public sealed class MagnitudeCriterion : ImportanceCriterion
{
    /// <inheritdoc/>
    protected override IEnumerable<double[]> Score(GraphIndex index, ImmutableArray<ChannelGroup> groups) =>
        SquaredMagnitudes.Of(index, groups).Select(squares => Array.ConvertAll(squares, Math.Sqrt));
}
