using ModelSlim.Core.Data;
using ModelSlim.Core.Recipes;

namespace ModelSlim.Core.Masking;

/// <summary>Scores of single weights; the lowest become zero first.</summary>
internal sealed class WeightScores
{
    /// <summary>Scores the weights of a layer.</summary>
    /// <param name="criterion">Magnitude, LAMP (also for auto) or chance.</param>
    /// <param name="name">Name of the layer's weight.</param>
    /// <param name="values">The weights.</param>
    /// <param name="seed">Seed of chance.</param>
    public float[] Of(Criterion criterion, string name, float[] values, long seed) => criterion switch
    {
        Criterion.Magnitude => Array.ConvertAll(values, Math.Abs),
        Criterion.Random => Chance(values.Length, new SplitMix(seed, "mask/" + name)),
        _ => Lamp(values),
    };

    private static float[] Chance(int count, SplitMix random)
    {
        var scores = new float[count];
        for (var i = 0; i < count; i++)
        {
            scores[i] = random.NextSingle();
        }

        return scores;
    }

    // The square of a weight over the sum of its own and of all larger ones of the layer (Lee et al. 2021, equation 4): layers
    // compare by what each loses of what it has left, and the last weight of a layer never goes.
    private static float[] Lamp(float[] values)
    {
        var order = new int[values.Length];
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        Array.Sort(Array.ConvertAll(values, value => -Math.Abs(value)), order);
        var scores = new float[values.Length];
        var larger = 0.0;
        foreach (var place in order)
        {
            var square = (double)values[place] * values[place];
            larger += square;
            scores[place] = larger > 0 ? (float)(square / larger) : 0;
        }

        return scores;
    }
}
