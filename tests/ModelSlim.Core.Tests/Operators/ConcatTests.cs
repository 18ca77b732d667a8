using ModelSlim.Core.Operators;

namespace ModelSlim.Core.Tests.Operators;

public sealed class ConcatTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(-2)]
    public void Inputs_are_parts_of_the_joined_axis(int axis) => Assert.Equal(
        ["x0[0]=y0[0]", "y0[1]+0=x0[1]", "x0[2]=y0[2]", "x1[0]=y0[0]", "y0[1]+4=x1[1]", "x1[2]=y0[2]"],
        Nodes.Relations<Concat>(Nodes.View("Concat", [[2, 4, 3], [2, 6, 3]], [2, 10, 3], ("axis", Nodes.Int(axis)))));

    [Fact]
    public void An_empty_input_takes_no_place() => Assert.Equal(
        ["y0[0]+0=x0[0]", "y0[0]+2=x1[0]", "y0[0]+2=x2[0]"],
        Nodes.Relations<Concat>(Nodes.View("Concat", [[2], [0], [3]], [5], ("axis", Nodes.Int(0)))));

    [Fact]
    public void Inputs_of_another_rank_are_not_understood() => Assert.Empty(
        Nodes.Relations<Concat>(Nodes.View("Concat", [[2, 4], [0]], [2, 4], ("axis", Nodes.Int(1)))));
}
