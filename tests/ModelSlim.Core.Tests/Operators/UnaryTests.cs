using ModelSlim.Core.Operators;

namespace ModelSlim.Core.Tests.Operators;

public sealed class UnaryTests
{
    [Fact]
    public void Every_axis_passes() =>
        Assert.Equal(["x0[0]=y0[0]", "x0[1]=y0[1]"], Nodes.Relations<Unary>(Nodes.View("Relu", [[2, 4]], [2, 4])));

    [Fact]
    public void Every_output_that_is_given_follows() => Assert.Equal(
        ["x0[0]=y0[0]", "x0[0]=y1[0]"], Nodes.Relations<Unary>(Nodes.View("Dropout", [[4]], [[4], [4]])));

    [Fact]
    public void An_output_left_out_has_no_axes() =>
        Assert.Equal(["x0[0]=y0[0]"], Nodes.Relations<Unary>(Nodes.View("Dropout", [[4], null, []], [[4], null])));

    [Fact]
    public void A_scalar_has_nothing_to_pass() => Assert.Empty(Nodes.Relations<Unary>(Nodes.View("Relu", [[]], Array.Empty<int>())));

    [Fact]
    public void The_value_whose_type_CastLike_takes_is_free() => Assert.Equal(
        ["x0[0]=y0[0]", "x1[0]=x1[0]", "x1[1]=x1[1]"], Nodes.Relations<Unary>(Nodes.View("CastLike", [[4], [2, 3]], [4])));

    [Theory]
    [InlineData("Floor", 0, true)]
    [InlineData("Relu", 0, false)]
    [InlineData("Cast", 7, true)]
    [InlineData("Cast", 10, false)]
    public void What_rounds_jumps(string op, int to, bool jumps) =>
        Assert.Equal(jumps, new Unary().Jumps(Nodes.View(op, [[4]], [4], ("to", Nodes.Int(to))).Node));
}
