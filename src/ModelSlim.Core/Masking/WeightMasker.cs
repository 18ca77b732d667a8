using System.Collections.Immutable;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Recipes;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Core.Masking;

/// <summary>
/// Makes single weights zero: the share of all of them with the lowest scores (Han et al. 2015), across layers or in each, or all but
/// the largest N of every M that are summed up one after the other (Mishra et al. 2021, "Accelerating Sparse Deep Neural Networks").
/// </summary>
public sealed class WeightMasker
{
    // Under one threshold a layer of small weights could go as a whole, and the model with it.
    private const int MostOfLayer = 64;

    /// <summary>Makes them zero.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="target">How many.</param>
    /// <param name="prune">By which scores.</param>
    /// <param name="ignored">Values that must not change.</param>
    /// <param name="seed">Seed of chance.</param>
    /// <returns>The graph; MSLIM5001 where it has no weights that can, or where the pattern fits none.</returns>
    public Result<MaskedGraph> Mask(Graph graph, SparsityTarget target, PruneSpec prune, IReadOnlySet<string> ignored, long seed)
    {
        var weights = MaskableWeight.Of(graph, ignored);
        var fits = weights.Where(weight => !target.IsPattern || graph.Initializers[weight.Name].Shape[weight.Axis] % target.Block == 0).ToImmutableArray();
        if (fits.IsEmpty)
        {
            return DiagnosticCodes.TargetUnreachable.Says(weights.IsEmpty
                ? "no weight of the model can become zero: none is stored as a float tensor that Conv, Gemm, MatMul or a recurrent layer multiplies with"
                : $"target.sparsity {target}: no layer sums over a multiple of {target.Block} inputs; use method: unstructured");
        }

        var values = fits.Select(weight => graph.Initializers[weight.Name].ToSingles()).ToArray();
        var scores = fits.Select((weight, i) => new WeightScores().Of(target.IsPattern ? Criterion.Magnitude : prune.Criterion, weight.Name, values[i], seed)).ToArray();
        for (var i = 0; target.IsPattern && i < fits.Length; i++)
        {
            MaskBlocks(values[i], scores[i], graph.Initializers[fits[i].Name].Shape, fits[i].Axis, target);
        }

        if (!target.IsPattern)
        {
            MaskShare(values, scores, target.Share, prune.Scope == Scope.Local || prune.Criterion == Criterion.Random);
        }

        return new MaskedGraph(
            graph with { Initializers = graph.Initializers.SetItems(fits.Select((weight, i) => KeyValuePair.Create(weight.Name, graph.Initializers[weight.Name].WithSingles(values[i])))) },
            [.. fits.Select(weight => weight.Name)],
            [.. weights.Except(fits).Select(weight => weight.Name)]);
    }

    private static void MaskShare(float[][] values, float[][] scores, double share, bool local)
    {
        if (local)
        {
            for (var i = 0; i < values.Length; i++)
            {
                MaskLowest([values[i]], [scores[i]], (long)Math.Round(share * values[i].Length));
            }

            return;
        }

        // What a layer must keep competes as if it were beyond all others.
        for (var i = 0; i < scores.Length; i++)
        {
            var stay = Math.Max(1, scores[i].Length / MostOfLayer);
            var sorted = (float[])scores[i].Clone();
            Array.Sort(sorted);
            var least = sorted[^stay];
            scores[i] = Array.ConvertAll(scores[i], score => score >= least ? float.PositiveInfinity : score);
        }

        MaskLowest(values, scores, (long)Math.Round(share * values.Sum(layer => (long)layer.Length)));
    }

    // So many with the lowest scores; of equal ones the first.
    private static void MaskLowest(float[][] values, float[][] scores, long count)
    {
        if (count <= 0)
        {
            return;
        }

        var all = new float[scores.Sum(layer => layer.Length)];
        var at = 0;
        foreach (var layer in scores)
        {
            layer.CopyTo(all, at);
            at += layer.Length;
        }

        Array.Sort(all);
        var threshold = all[Math.Min(count, all.Length) - 1];
        var equal = count - all.AsSpan().IndexOf(threshold);
        for (var i = 0; i < values.Length; i++)
        {
            for (var place = 0; place < values[i].Length; place++)
            {
                var score = scores[i][place];
                if (score < threshold || (score == threshold && !float.IsPositiveInfinity(score) && equal-- > 0))
                {
                    values[i][place] = 0;
                }
            }
        }
    }

    private static void MaskBlocks(float[] values, float[] scores, ImmutableArray<int> shape, int axis, SparsityTarget target)
    {
        var stride = (int)TensorData.Count(shape[(axis + 1)..]);
        var order = new int[target.Block];
        for (var start = 0; start < values.Length; start += stride * target.Block)
        {
            for (var lane = start; lane < start + stride; lane++)
            {
                for (var i = 0; i < order.Length; i++)
                {
                    order[i] = lane + (i * stride);
                }

                // Of equal ones the first stay.
                Array.Sort(order, (one, other) => scores[one] != scores[other] ? scores[other].CompareTo(scores[one]) : one.CompareTo(other));
                foreach (var place in order.AsSpan(target.Stay))
                {
                    values[place] = 0;
                }
            }
        }
    }
}
