using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Core.Masking;

/// <summary>Counts the zeros of a graph, and checks that they are where they must be.</summary>
public sealed class SparsityCount
{
    /// <summary>All weights that can become zero, and how many are.</summary>
    /// <param name="masked">The graph right after masking.</param>
    /// <param name="final">The graph to count in.</param>
    public (long Weights, long Zeros) Of(MaskedGraph masked, Graph final) => Of(masked.Masked.Concat(masked.Dense), final);

    /// <summary>Numbers of weights, and how many are zero.</summary>
    /// <param name="counted">The weights.</param>
    /// <param name="final">The graph to count in.</param>
    public (long Weights, long Zeros) Of(IEnumerable<MaskableWeight> counted, Graph final)
    {
        var (weights, zeros) = (0L, 0L);
        final = StoredTensors.Out(final);
        foreach (var weight in counted)
        {
            var values = Stored(final, weight.Name).ToSingles();
            weights += values.Length;
            zeros += values.LongCount(value => value == 0);
        }

        return (weights, zeros);
    }

    /// <summary>What is not as it must be in a graph that was trained on after masking; null where all is.</summary>
    /// <param name="masked">The graph right after masking.</param>
    /// <param name="final">The graph to check.</param>
    public string? Fault(MaskedGraph masked, Graph final)
    {
        final = StoredTensors.Out(final);
        foreach (var weight in masked.Masked)
        {
            var (before, after) = (masked.Graph.Initializers[weight.Name].ToSingles(), Stored(final, weight.Name).ToSingles());
            for (var i = 0; i < before.Length; i++)
            {
                if (before[i] == 0 && after[i] != 0)
                {
                    return $"element {i} of '{weight.Name}' was masked and is {after[i]}";
                }
            }

            if (masked.Target.IsPattern && IsCrowded(weight, after, masked))
            {
                return $"'{weight.Name}' has a block of {masked.Target.Block} with more than {masked.Target.Stay} weights that are not zero";
            }
        }

        return masked.Target.IsPattern ? null : Missing(masked, final);
    }

    // As many weights, or whole blocks, as were asked for, wherever they are.
    private static string? Missing(MaskedGraph masked, Graph final)
    {
        var (all, zero) = (0L, 0L);
        foreach (var weight in masked.Masked)
        {
            var values = Stored(final, weight.Name).ToSingles();
            if (!masked.Target.IsBlocks)
            {
                all += values.Length;
                zero += values.LongCount(value => value == 0);
                continue;
            }

            new WeightBlocks(Stored(final, weight.Name).Shape, weight.Outputs!.Value, masked.Target.Outputs).Visit(places =>
            {
                all++;
                zero += Array.TrueForAll(places, place => values[place] == 0) ? 1 : 0;
            });
        }

        // Where each layer has its own share, each is rounded.
        var asked = (masked.Target.Share * all) - masked.Masked.Length;
        return zero >= asked ? null : $"of {all} {(masked.Target.IsBlocks ? $"blocks of {masked.Target.Pattern}" : "weights")} {zero} are zero, which is less than {masked.Target}";
    }

    private static TensorData Stored(Graph graph, string name) =>
        graph.Initializers.GetValueOrDefault(name) ?? throw new KeyNotFoundException($"'{name}' is stored nowhere in the graph.");

    private static bool IsCrowded(MaskableWeight weight, float[] values, MaskedGraph masked)
    {
        var crowded = false;
        new WeightBlocks(masked.Graph.Initializers[weight.Name].Shape, weight.Axis!.Value, masked.Target.Block).Visit(places =>
            crowded |= places.Count(place => values[place] != 0) > masked.Target.Stay);
        return crowded;
    }
}
