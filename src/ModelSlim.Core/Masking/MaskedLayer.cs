using System.Collections.Immutable;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Recipes;

namespace ModelSlim.Core.Masking;

/// <summary>A weight while it is masked.</summary>
/// <param name="Name">Name of the weight.</param>
/// <param name="Axis">The axis that is summed over; null where none is.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Values">Its numbers, which become zero.</param>
/// <param name="Scores">A score for each; the lowest go first.</param>
internal sealed record MaskedLayer(string Name, int? Axis, ImmutableArray<int> Shape, float[] Values, float[] Scores)
{
    /// <summary>Reads and scores a weight.</summary>
    /// <param name="weight">The weight.</param>
    /// <param name="graph">The graph that stores it.</param>
    /// <param name="criterion">How to score.</param>
    /// <param name="norms">For each of its numbers the norm of what it is multiplied with; null where that is not known.</param>
    /// <param name="seed">Seed of chance.</param>
    public static MaskedLayer Of(MaskableWeight weight, Graph graph, Criterion criterion, float[]? norms, long seed)
    {
        var tensor = graph.Initializers[weight.Name];
        var values = tensor.ToSingles();
        return new MaskedLayer(weight.Name, weight.Axis, tensor.Shape, values, new WeightScores().Of(criterion, weight.Name, values, norms, seed));
    }

    /// <summary>Raises the highest scores beyond all others; of equal ones those of the last.</summary>
    /// <param name="count">How many.</param>
    public void Protect(int count)
    {
        foreach (var place in WeightScores.Ascending(Scores).AsSpan(Scores.Length - count))
        {
            Scores[place] = float.PositiveInfinity;
        }
    }
}
