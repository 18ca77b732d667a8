using ModelSlim.Training.Data;

namespace ModelSlim.Training.Tests.Data;

public sealed class KeptSamplesTests
{
    [Fact]
    public void Keeps_the_first_samples_up_to_the_bound()
    {
        var kept = new KeptSamples(mostBytes: 2 * 3 * sizeof(float));
        kept.Offer(5, [1, 2, 3]);
        kept.Offer(5, [9, 9, 9]);
        kept.Offer(6, [4, 5, 6]);
        kept.Offer(7, [7, 8, 9]);

        var values = new float[3];
        Assert.True(kept.TryRead(5, values));
        Assert.Equal([1f, 2, 3], values);
        Assert.True(kept.TryRead(6, values));
        Assert.Equal([4f, 5, 6], values);
        Assert.False(kept.TryRead(7, values));
    }

    [Fact]
    public void Many_threads_do_not_pass_the_bound()
    {
        var kept = new KeptSamples(mostBytes: 100 * sizeof(float));
        Parallel.For(0, 1000, i => kept.Offer(i, [i]));

        var values = new float[1];
        var found = Enumerable.Range(0, 1000).Where(i => kept.TryRead(i, values) && values[0] == i).Count();
        Assert.InRange(found, 1, 100);
    }
}
