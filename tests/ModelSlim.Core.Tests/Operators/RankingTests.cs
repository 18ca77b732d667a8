using ModelSlim.Core.Operators;

namespace ModelSlim.Core.Tests.Operators;

public sealed class RankingTests
{
    [Fact]
    public void Both_outputs_of_TopK_keep_the_other_axes() => Assert.Equal(
        ["x0[0]=y0[0]", "x0[0]=y1[0]", "!x0[1]"],
        Nodes.Relations<Ranking>(Nodes.View("TopK", [[2, 9], [1]], [[2, 5], [2, 5]])));

    [Theory]
    [InlineData(1, "!x0[0] x0[1]=y0[1]")]
    [InlineData(0, "!x0[0] x0[1]=y0[0]")]
    public void ArgMax_may_drop_its_axis(int keep, string relations) => Assert.Equal(
        relations,
        string.Join(' ', Nodes.Relations<Ranking>(Nodes.View("ArgMax", [[2, 4]], keep == 1 ? [1, 4] : [4], ("keepdims", Nodes.Int(keep))))));
}
