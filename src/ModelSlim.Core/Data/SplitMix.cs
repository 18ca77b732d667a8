namespace ModelSlim.Core.Data;

/// <summary>
/// The project's only source of randomness: SplitMix64 (Steele, Lea, Flood 2014), integers only, the same on every machine.
/// </summary>
public sealed class SplitMix
{
    private ulong state;

    /// <summary>Starts a stream. Streams of different names under one seed are independent.</summary>
    /// <param name="seed">The seed of the recipe.</param>
    /// <param name="stream">What the numbers are for, such as <c>shuffle/3</c>.</param>
    public SplitMix(long seed, string stream = "")
    {
        state = unchecked((ulong)seed);
        foreach (var letter in stream)
        {
            state = NextBits() ^ letter;
        }
    }

    /// <summary>64 random bits.</summary>
    public ulong NextBits()
    {
        unchecked
        {
            var z = state += 0x9E3779B97F4A7C15UL;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            return z ^ (z >> 31);
        }
    }

    /// <summary>An integer from 0 to <paramref name="below"/> - 1, without bias.</summary>
    public int NextInt(int below)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(below);
        var limit = ulong.MaxValue - (ulong.MaxValue % (ulong)below);
        ulong bits;
        do
        {
            bits = NextBits();
        }
        while (bits >= limit);
        return (int)(bits % (ulong)below);
    }

    /// <summary>A number from 0 up to, but not including, 1, with 24 random bits.</summary>
    public float NextSingle() => (NextBits() >> 40) * (1f / (1 << 24));

    /// <summary>The numbers from 0 to <paramref name="count"/> - 1 in random order (Fisher and Yates).</summary>
    public int[] Permutation(int count)
    {
        var order = new int[count];
        for (var i = 0; i < count; i++)
        {
            var j = NextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }

        return order;
    }
}
