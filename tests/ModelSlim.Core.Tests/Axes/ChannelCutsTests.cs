using ModelSlim.Core.Axes;

namespace ModelSlim.Core.Tests.Axes;

public sealed class ChannelCutsTests
{
    private static readonly ChannelCuts Cuts = new(
    [
        KeyValuePair.Create(new AxisRef("w", 1), System.Collections.Immutable.ImmutableArray.Create(0, 2)),
        KeyValuePair.Create(new AxisRef("b", 0), System.Collections.Immutable.ImmutableArray.Create(1)),
        KeyValuePair.Create(new AxisRef("w", 0), System.Collections.Immutable.ImmutableArray.Create(3)),
    ]);

    [Fact]
    public void Axes_are_in_ordinal_order_of_their_values() => Assert.Equal(["b[0]", "w[0]", "w[1]"], Cuts.Kept.Keys.Select(axis => axis.ToString()));

    [Fact]
    public void Shapes_get_as_short_as_what_is_kept()
    {
        Assert.Equal([1, 2, 5], Cuts.Shorten("w", [4, 3, 5]));
        Assert.Equal([4, 3], Cuts.Shorten("x", [4, 3]));
        Assert.Empty(Cuts.Shorten("b", []));
    }

    [Fact]
    public void An_axis_that_is_not_cut_stays_whole()
    {
        Assert.Equal([0, 2], Cuts.Of("w", 1)!.Value);
        Assert.Null(Cuts.Of("w", 2));
        Assert.False(Cuts.IsEmpty);
        Assert.True(new ChannelCuts([]).IsEmpty);
    }
}
