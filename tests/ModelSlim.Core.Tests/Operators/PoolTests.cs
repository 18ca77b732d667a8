using ModelSlim.Core.Operators;

namespace ModelSlim.Core.Tests.Operators;

public sealed class PoolTests
{
    [Fact]
    public void Channels_pass_and_places_do_not() =>
        Assert.Equal(["x0[0]=y0[0]", "x0[1]=y0[1]"], Nodes.Relations<Pool>(Nodes.View("MaxPool", [[1, 4, 8, 8]], [1, 4, 4, 4])));

    [Fact]
    public void Places_in_the_whole_input_hold_everything_fast_unless_only_MaxUnpool_reads_them()
    {
        Assert.Equal(
            ["x0[0]=y0[0]", "!x0[0]", "x0[1]=y0[1]", "!x0[1]"],
            Nodes.Relations<Pool>(Nodes.View("MaxPool", [[1, 4, 8, 8]], [[1, 4, 4, 4], [1, 4, 4, 4]])));
        Assert.Equal(2, Nodes.Relations<Pool>(Nodes.View("MaxPool", [[1, 4, 8, 8]], [[1, 4, 4, 4], null])).Length);
    }
}
