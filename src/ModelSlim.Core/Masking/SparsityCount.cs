using System.Collections.Immutable;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Recipes;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Core.Masking;

/// <summary>Counts the zeros of a graph, and checks that they are where they must be.</summary>
public sealed class SparsityCount
{
    /// <summary>All weights that can become zero, and how many are.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="ignored">Values that must not change.</param>
    public (long Weights, long Zeros) Of(Graph graph, IReadOnlySet<string> ignored)
    {
        var (weights, zeros) = (0L, 0L);
        foreach (var weight in MaskableWeight.Of(graph, ignored))
        {
            var values = graph.Initializers[weight.Name].ToSingles();
            weights += values.Length;
            zeros += values.LongCount(value => value == 0);
        }

        return (weights, zeros);
    }

    /// <summary>What is not as it must be in a graph that was trained on after masking; null where all is.</summary>
    /// <param name="masked">The graph right after masking.</param>
    /// <param name="final">The graph to check.</param>
    /// <param name="target">How many weights are to be zero.</param>
    /// <param name="ignored">Values that must not change.</param>
    public string? Fault(MaskedGraph masked, Graph final, SparsityTarget target, IReadOnlySet<string> ignored)
    {
        foreach (var name in masked.Masked)
        {
            var (before, after) = (masked.Graph.Initializers[name].ToSingles(), final.Initializers[name].ToSingles());
            for (var i = 0; i < before.Length; i++)
            {
                if (before[i] == 0 && after[i] != 0)
                {
                    return $"element {i} of '{name}' was masked and is {after[i]}";
                }
            }
        }

        foreach (var weight in MaskableWeight.Of(final, ignored).Where(weight => target.IsPattern && masked.Masked.Contains(weight.Name)))
        {
            var tensor = final.Initializers[weight.Name];
            if (Crowded(tensor.ToSingles(), tensor.Shape, weight.Axis, target))
            {
                return $"'{weight.Name}' has a block of {target.Block} with more than {target.Stay} weights that are not zero";
            }
        }

        return null;
    }

    private static bool Crowded(float[] values, ImmutableArray<int> shape, int axis, SparsityTarget target)
    {
        var stride = (int)TensorData.Count(shape[(axis + 1)..]);
        var counts = new Dictionary<(int Block, int Lane), int>();
        for (var i = 0; i < values.Length; i++)
        {
            var (block, lane) = (i / stride / target.Block, i % stride);
            var count = counts.GetValueOrDefault((block, lane)) + (values[i] != 0 ? 1 : 0);
            counts[(block, lane)] = count;
            if (count > target.Stay)
            {
                return true;
            }
        }

        return false;
    }
}
