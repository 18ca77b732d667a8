using System.Collections.Immutable;
using ModelSlim.Core.Dependencies;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Operators;

namespace ModelSlim.Core.Importance;

/// <summary>
/// Mean of |gamma| over the BatchNormalization nodes that a channel goes through (Liu et al. 2017, "Network Slimming", section
/// 3). Groups without any, as where they were folded into convolutions, fall back to <see cref="MagnitudeCriterion"/>.
/// </summary>
/// <param name="catalog">Says which inputs are such factors.</param>
public sealed class BatchNormScaleCriterion(OperatorCatalog catalog) : ImportanceCriterion
{
    /// <inheritdoc/>
    protected override IEnumerable<double[]> Score(GraphIndex index, ImmutableArray<ChannelGroup> groups)
    {
        var scales = index.Graph.Nodes
            .Select(node => catalog.Find(node)?.NormalizedScale is { } input ? node.Input(input) : string.Empty)
            .Where(name => index.Constant(name) is { IsFloatingPoint: true })
            .ToHashSet(StringComparer.Ordinal);
        foreach (var (group, magnitudes) in groups.Zip(SquaredMagnitudes.Of(index, groups)))
        {
            var members = Enumerable.Range(0, group.Members.Length)
                .Where(member => scales.Contains(group.Members[member].Value) && index.Constant(group.Members[member].Value)!.Shape.Length == 1)
                .ToArray();
            yield return members.Length == 0
                ? Array.ConvertAll(magnitudes, Math.Sqrt)
                : Mean(index, group, members);
        }
    }

    private static double[] Mean(GraphIndex index, ChannelGroup group, int[] members)
    {
        var scores = new double[group.Channels];
        foreach (var member in members)
        {
            var scale = index.Constant(group.Members[member].Value)!.AsSingles();
            for (var channel = 0; channel < scores.Length; channel++)
            {
                var places = group.Places[channel][member];
                var sum = 0.0;
                foreach (var place in places)
                {
                    sum += Math.Abs(scale[place]);
                }

                scores[channel] += sum / places.Length / members.Length;
            }
        }

        return scores;
    }
}
