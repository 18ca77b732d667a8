using ModelSlim.Core.Operators;

namespace ModelSlim.Core.Tests.Operators;

public sealed class StandingTests
{
    [Fact]
    public void Nothing_is_said_of_any_axis() => Assert.Empty(Nodes.Relations<Standing>(Nodes.View("NonZero", [[2, 4]], [[2, 8]])));
}
