using ModelSlim.Training.Data;
using ModelSlim.Training.Tests.FineTuning;

namespace ModelSlim.Training.Tests.Data;

public sealed class SampleSubsetTests
{
    [Fact]
    public void Gives_the_chosen_samples_in_their_order()
    {
        using var all = new SyntheticSamples([2, 2], classes: 4, count: 10);
        using var some = new SampleSubset(all, [7, 3, 9]);

        Assert.Equal((3, true), (some.Count, some.HasLabels));
        Assert.Equal(all.Shapes[0], some.Shapes[0]);
        var expected = all.Read([9, 7, 9]);
        var actual = some.Read([2, 0, 2]);
        Assert.Equal(expected.Inputs[0], actual.Inputs[0]);
        Assert.Equal(expected.Labels, actual.Labels);
    }
}
