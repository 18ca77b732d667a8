using ModelSlim.Core.Data;
using ModelSlim.Core.Recipes;

namespace ModelSlim.Core.Masking;

/// <summary>Scores of single weights or of blocks of them; the lowest become zero first, and those that are zero already before all.</summary>
internal sealed class WeightScores
{
    /// <summary>Scores the weights of a layer.</summary>
    /// <param name="criterion">Chance, magnitude, share of what the layer makes of its input, or LAMP (also for auto).</param>
    /// <param name="name">Name of the layer's weight.</param>
    /// <param name="strengths">How strong each is: its magnitude, or that times the norm of what it multiplies.</param>
    /// <param name="seed">Seed of chance.</param>
    public float[] Of(Criterion criterion, string name, float[] strengths, long seed) => criterion switch
    {
        Criterion.Magnitude => strengths,
        Criterion.Random => Chance(strengths, new SplitMix(seed, "mask/" + name)),
        Criterion.Wanda or Criterion.Reconstruction => Shares(strengths),
        _ => Lamp(strengths),
    };

    /// <summary>The places of numbers, the smallest number first; of equal ones the first.</summary>
    /// <param name="numbers">The numbers.</param>
    public static int[] Ascending(float[] numbers)
    {
        var (keys, places) = ((float[])numbers.Clone(), new int[numbers.Length]);
        for (var i = 0; i < places.Length; i++)
        {
            places[i] = i;
        }

        // Which of equal ones comes first is not for the sorting to say, which may differ from one runtime to the next.
        Array.Sort(keys, places);
        for (var (start, end) = (0, 1); start < keys.Length; start = end++)
        {
            while (end < keys.Length && keys[end] == keys[start])
            {
                end++;
            }

            Array.Sort(places, start, end - start);
        }

        return places;
    }

    // Layers compare by what part of its result each would lose, if the inputs were unrelated.
    private static float[] Shares(float[] strengths)
    {
        var all = strengths.Sum(strength => (double)strength * strength);
        return Array.ConvertAll(strengths, strength => all > 0 ? (float)((double)strength * strength / all) : 0);
    }

    private static float[] Chance(float[] strengths, SplitMix random) =>
        Array.ConvertAll(strengths, strength => random.NextSingle() is var drawn && strength == 0 ? -1 : drawn);

    // The square of a weight over the sum of its own and of all larger ones of the layer (Lee et al. 2021, equation 4): layers
    // compare by what each loses of what it has left.
    private static float[] Lamp(float[] strengths)
    {
        var scores = new float[strengths.Length];
        var places = Ascending(strengths);
        var larger = 0.0;
        for (var i = places.Length - 1; i >= 0; i--)
        {
            var square = (double)strengths[places[i]] * strengths[places[i]];
            larger += square;
            scores[places[i]] = larger > 0 ? (float)(square / larger) : 0;
        }

        return scores;
    }
}
