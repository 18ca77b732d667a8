using ModelSlim.Core.Operators;

namespace ModelSlim.Core.Tests.Operators;

public sealed class BlockColumnsTests
{
    [Fact]
    public void A_channel_owns_a_run_of_columns() => Assert.Equal(
        ["x0[0]=y0[0]", "y0[1]|x0[1]"], Nodes.Relations<BlockColumns>(Nodes.View("Col2Im", [[2, 12, 12], [2], [2]], [2, 3, 4, 5])));
}
