using System.Collections.Immutable;
using System.Globalization;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Recipes;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Core.Masking;

/// <summary>
/// Makes single weights zero: the share of all of them with the lowest scores (Han et al. 2015), across layers or in each, or all but
/// the largest N of every M that are summed up one after the other (Mishra et al. 2021, "Accelerating Sparse Deep Neural Networks").
/// Blocks of outputs by one input go as single weights do (Elsen et al. 2020, "Fast Sparse ConvNets").
/// </summary>
public sealed class WeightMasker
{
    // Where layers compete, one of small weights could go as a whole, and the model with it.
    private const int LeastPart = 64;

    /// <summary>Makes them zero.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="weights">The weights that may.</param>
    /// <param name="target">How many.</param>
    /// <param name="prune">By which scores.</param>
    /// <param name="seed">Seed of chance.</param>
    /// <param name="norms">By weight, for each of its numbers the norm of what it is multiplied with; what is not there is scored by its numbers alone.</param>
    /// <returns>The graph; MSLIM5001 where there are no such weights, where the pattern fits none, or where a layer would not keep a 64th.</returns>
    public Result<MaskedGraph> Mask(
        Graph graph,
        ImmutableArray<MaskableWeight> weights,
        SparsityTarget target,
        PruneSpec prune,
        long seed,
        IReadOnlyDictionary<string, float[]>? norms = null)
    {
        var (fits, dense) = PatternFit.Of(graph, weights, target);
        if (fits.IsEmpty)
        {
            return DiagnosticCodes.TargetUnreachable.Says(weights.IsEmpty
                ? "no weight of the model can become zero: none that it multiplies and adds up with is stored as an initializer of real numbers"
                : $"target.sparsity {target}: no layer {(target.IsPattern ? $"sums over a multiple of {target.Block} inputs" : $"has a multiple of {target.Outputs} outputs of the same inputs")} ({dense[0].Name}: {dense[0].Obstacle}); use method: unstructured");
        }

        var layers = fits.Select(weight => MaskedLayer.Of(
            weight, graph, target, target.IsPattern ? Within(prune.Criterion) : prune.Criterion, norms?.GetValueOrDefault(weight.Name), seed)).ToArray();
        if (target.IsPattern)
        {
            Array.ForEach(layers, layer => MaskBlocks(layer, graph.Initializers[layer.Weight.Name].Shape, target));
        }
        else if (prune.Scope == Scope.Local)
        {
            Array.ForEach(layers, layer =>
            {
                // A share that rounds to all of a layer would cut the model in two.
                var share = Math.Min(target.Share, (layer.Scores.Length - 1.0) / layer.Scores.Length);
                if (prune.Criterion == Criterion.Wanda && layer.Weight.Outputs is not null)
                {
                    MaskOutputs(layer, graph.Initializers[layer.Weight.Name].Shape, share);
                }
                else
                {
                    MaskLowest([layer], (long)Math.Round(share * layer.Scores.Length));
                }
            });
        }
        else
        {
            var (all, stay) = (layers.Sum(layer => (long)layer.Scores.Length), layers.Sum(layer => (long)Least(layer)));
            var count = (long)Math.Round(target.Share * all);
            if (count > all - stay)
            {
                return DiagnosticCodes.TargetUnreachable.Says(string.Create(
                    CultureInfo.InvariantCulture,
                    $"target.sparsity {target}: every layer keeps a 64th of its weights where layers compete, so at most {100.0 * (all - stay) / all:0.#}% can become zero; ask for less, or set prune.scope: local, where each keeps one at the least"));
            }

            Array.ForEach(layers, layer => layer.Protect(Least(layer)));
            MaskLowest(layers, count);
        }

        return new MaskedGraph(
            graph with { Initializers = graph.Initializers.SetItems(layers.Select(layer => KeyValuePair.Create(layer.Weight.Name, graph.Initializers[layer.Weight.Name].WithSingles(layer.Values)))) },
            target,
            fits,
            dense);
    }

    // The order within a block is that of magnitudes, times norms where there are some, for all others too, and these do not underflow.
    private static Criterion Within(Criterion criterion) => criterion == Criterion.Random ? criterion : Criterion.Magnitude;

    private static int Least(MaskedLayer layer) => Math.Max(1, layer.Scores.Length / LeastPart);

    // So many with the lowest scores; of equal ones the first.
    private static void MaskLowest(MaskedLayer[] layers, long count)
    {
        if (count <= 0)
        {
            return;
        }

        var all = new float[layers.Sum(layer => layer.Scores.Length)];
        var at = 0;
        foreach (var layer in layers)
        {
            layer.Scores.CopyTo(all, at);
            at += layer.Scores.Length;
        }

        Array.Sort(all);
        var threshold = all[count - 1];
        var equal = count - all.AsSpan().IndexOf(threshold);
        foreach (var layer in layers)
        {
            for (var unit = 0; unit < layer.Scores.Length; unit++)
            {
                if (layer.Scores[unit] < threshold || (layer.Scores[unit] == threshold && equal-- > 0))
                {
                    layer.Clear(unit);
                }
            }
        }
    }

    // The same share of each output's, so that their sum is that of the layer.
    private static void MaskOutputs(MaskedLayer layer, ImmutableArray<int> shape, double share)
    {
        var axis = layer.Weight.Outputs!.Value;
        var stride = (int)TensorData.Count(shape[(axis + 1)..]);
        var seen = 0L;
        foreach (var output in Enumerable.Range(0, layer.Scores.Length).GroupBy(unit => layer.First(unit) / stride % shape[axis]))
        {
            int[] units = [.. output.OrderBy(unit => layer.Scores[unit]).ThenBy(unit => unit)];
            var count = (long)Math.Round(share * (seen + units.Length)) - (long)Math.Round(share * seen);
            seen += units.Length;
            foreach (var unit in units.AsSpan(0, (int)count))
            {
                layer.Clear(unit);
            }
        }
    }

    // Of equal ones the first stay.
    private static void MaskBlocks(MaskedLayer layer, ImmutableArray<int> shape, SparsityTarget target) =>
        new WeightBlocks(shape, layer.Weight.Axis!.Value, target.Block).Visit(places =>
        {
            Array.Sort(places, (one, other) => layer.Scores[one] != layer.Scores[other]
                ? layer.Scores[other].CompareTo(layer.Scores[one])
                : one.CompareTo(other));
            foreach (var place in places.AsSpan(target.Stay))
            {
                layer.Clear(place);
            }
        });
}
