namespace ModelSlim.Evaluation.Metrics;

/// <summary>Places of values by size; of equal values the first comes first.</summary>
internal static class Ranking
{
    /// <summary>Place of the largest value.</summary>
    public static int Largest(float[] values)
    {
        var place = 0;
        for (var i = 1; i < values.Length; i++)
        {
            place = values[i] > values[place] ? i : place;
        }

        return place;
    }

    /// <summary>True where a value is among the <paramref name="top"/> largest.</summary>
    public static bool IsAmong(float[] values, int place, int top)
    {
        var before = 0;
        for (var i = 0; i < values.Length; i++)
        {
            before += values[i] > values[place] || (i < place && values[i].Equals(values[place])) ? 1 : 0;
        }

        return before < top;
    }
}
