using ModelSlim.Core.Graphs;
using ModelSlim.Core.Recipes;

namespace ModelSlim.Core.Masking;

/// <summary>A weight while it is masked. What goes as one, a number or a block of them, is a unit.</summary>
/// <param name="Weight">The weight.</param>
/// <param name="Values">Its numbers, which become zero.</param>
/// <param name="Blocks">For each unit the places of its numbers; null where each number is one.</param>
/// <param name="Scores">A score for each unit; the lowest go first.</param>
internal sealed record MaskedLayer(MaskableWeight Weight, float[] Values, int[][]? Blocks, float[] Scores)
{
    /// <summary>Reads and scores a weight.</summary>
    /// <param name="weight">The weight.</param>
    /// <param name="graph">The graph that stores it.</param>
    /// <param name="target">Says what goes as one.</param>
    /// <param name="criterion">How to score.</param>
    /// <param name="norms">For each of its numbers the norm of what it is multiplied with; null where that is not known.</param>
    /// <param name="seed">Seed of chance.</param>
    public static MaskedLayer Of(MaskableWeight weight, Graph graph, SparsityTarget target, Criterion criterion, float[]? norms, long seed)
    {
        var tensor = graph.Initializers[weight.Name];
        var values = tensor.ToSingles();
        var blocks = target.IsBlocks ? new WeightBlocks(tensor.Shape, weight.Outputs!.Value, target.Outputs).All() : null;
        return new MaskedLayer(weight, values, blocks, new WeightScores().Of(criterion, weight.Name, Strengths(values, norms, blocks), seed));
    }

    /// <summary>Raises the highest scores beyond all others; of equal ones those of the last.</summary>
    /// <param name="count">How many.</param>
    public void Protect(int count)
    {
        foreach (var unit in WeightScores.Ascending(Scores).AsSpan(Scores.Length - count))
        {
            Scores[unit] = float.PositiveInfinity;
        }
    }

    /// <summary>The place of a unit's first number.</summary>
    public int First(int unit) => Blocks is null ? unit : Blocks[unit][0];

    /// <summary>Makes a unit zero.</summary>
    public void Clear(int unit)
    {
        foreach (var place in Blocks is null ? [unit] : Blocks[unit])
        {
            Values[place] = 0;
        }
    }

    // The length of a unit: of each of its numbers, times the norm of what that is multiplied with.
    private static float[] Strengths(float[] values, float[]? norms, int[][]? blocks)
    {
        var strengths = norms is null ? Array.ConvertAll(values, Math.Abs) : [.. values.Zip(norms, (value, norm) => Math.Abs(value) * norm)];
        return blocks is null ? strengths : Array.ConvertAll(blocks, places => (float)Math.Sqrt(places.Sum(place => (double)strengths[place] * strengths[place])));
    }
}
