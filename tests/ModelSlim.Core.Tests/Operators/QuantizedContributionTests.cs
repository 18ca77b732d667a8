using ModelSlim.Core.Operators;

namespace ModelSlim.Core.Tests.Operators;

public sealed class QuantizedContributionTests
{
    [Fact]
    public void Every_axis_stays_whole() => Assert.Equal(
        ["!x0[0]", "!x0[1]", "!x1[0]", "!x1[1]", "!y0[0]", "!y0[1]"],
        Nodes.Relations<QuantizedContribution>(Nodes.View("QLinearAdd", [[2, 4], [2, 4]], [2, 4])));
}
