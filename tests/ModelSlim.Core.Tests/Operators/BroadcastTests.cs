using ModelSlim.Core.Operators;

namespace ModelSlim.Core.Tests.Operators;

public sealed class BroadcastTests
{
    [Theory]
    [InlineData(new[] { 2, 4, 3 }, "x1[0]=y0[0] x1[1]=y0[1] x1[2]=y0[2]")]
    [InlineData(new[] { 4, 1 }, "x1[0]=y0[1]")]
    [InlineData(new[] { 1, 4, 1 }, "x1[1]=y0[1]")]
    [InlineData(new[] { 3 }, "x1[0]=y0[2]")]
    [InlineData(new[] { 1 }, "")]
    [InlineData(new int[0], "")]
    public void Axes_are_aligned_at_the_right(int[] other, string relations) => Assert.Equal(
        $"x0[0]=y0[0] x0[1]=y0[1] x0[2]=y0[2] {relations}".TrimEnd(),
        string.Join(' ', Nodes.Relations<Broadcast>(Nodes.View("Add", [[2, 4, 3], other], [2, 4, 3]))));

    [Fact]
    public void Any_number_of_inputs_is_tied_to_the_output() => Assert.Equal(
        ["x0[0]=y0[0]", "x1[0]=y0[0]", "x2[0]=y0[0]"],
        Nodes.Relations<Broadcast>(Nodes.View("Sum", [[4], [4], [4]], [4])));

    [Theory]
    [InlineData("Greater", true)]
    [InlineData("Add", false)]
    public void Comparisons_jump(string op, bool jumps) =>
        Assert.Equal(jumps, new Broadcast().Jumps(Nodes.View(op, [[4], [4]], [4]).Node));
}
