using ModelSlim.Core.Operators;

namespace ModelSlim.Core.Tests.Operators;

public sealed class ControlFlowTests
{
    [Fact]
    public void Nothing_is_said_of_any_axis_but_why()
    {
        var node = Nodes.View("If", [[]], [[2, 8]]);

        Assert.Empty(Nodes.Relations<ControlFlow>(node));
        Assert.Equal("a subgraph of If reads or makes it", new ControlFlow().Silence(node.Node));
    }
}
