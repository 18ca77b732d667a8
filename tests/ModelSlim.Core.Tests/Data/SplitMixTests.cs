using ModelSlim.Core.Data;

namespace ModelSlim.Core.Tests.Data;

public sealed class SplitMixTests
{
    [Fact]
    public void Numbers_are_those_of_the_paper()
    {
        // The reference implementation's first numbers for seed 1234567.
        var random = new SplitMix(1234567);

        Assert.Equal(
            [6457827717110365317UL, 3203168211198807973UL, 9817491932198370423UL, 4593380528125082431UL, 16408922859458223821UL],
            Enumerable.Range(0, 5).Select(_ => random.NextBits()));
    }

    [Fact]
    public void Streams_of_one_seed_differ_and_repeat()
    {
        ulong First(long seed, string stream) => new SplitMix(seed, stream).NextBits();
        ulong[] firsts = [First(1, ""), First(1, "a"), First(1, "b"), First(1, "ab"), First(1, "ba"), First(2, "a"), First(-1, "a")];

        Assert.Equal(firsts.Length, firsts.Distinct().Count());
        Assert.Equal(First(1, "shuffle/3"), First(1, "shuffle/3"));
    }

    [Fact]
    public void Integers_are_spread_evenly()
    {
        var random = new SplitMix(1);
        var counts = new int[7];
        for (var i = 0; i < 70_000; i++)
        {
            counts[random.NextInt(7)]++;
        }

        // Six standard deviations of a binomial distribution around 10,000.
        Assert.All(counts, count => Assert.InRange(count, 10_000 - 556, 10_000 + 556));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    public void There_is_no_integer_below_zero(int below) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new SplitMix(1).NextInt(below));

    [Fact]
    public void Singles_stay_below_one()
    {
        var random = new SplitMix(1);
        var numbers = Enumerable.Range(0, 10_000).Select(_ => random.NextSingle()).ToArray();

        Assert.All(numbers, number => Assert.InRange(number, 0, 0.99999994f));
        Assert.InRange(numbers.Average(), 0.48, 0.52);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100)]
    public void A_permutation_has_every_number_once(int count) =>
        Assert.Equal(Enumerable.Range(0, count), new SplitMix(1).Permutation(count).Order());

    [Fact]
    public void Every_order_of_three_comes_up_alike()
    {
        var random = new SplitMix(1);
        var counts = Enumerable.Range(0, 12_000).CountBy(_ => string.Join("", random.Permutation(3))).ToArray();

        Assert.Equal(6, counts.Length);
        Assert.All(counts, order => Assert.InRange(order.Value, 1755, 2245));
    }
}
