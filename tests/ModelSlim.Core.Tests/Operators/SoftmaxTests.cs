using ModelSlim.Core.Operators;

namespace ModelSlim.Core.Tests.Operators;

public sealed class SoftmaxTests
{
    [Theory]
    [InlineData(13, "x0[0]=y0[0] x0[1]=y0[1] !x0[2] !y0[2]")]
    [InlineData(11, "x0[0]=y0[0] !x0[1] !y0[1] !x0[2] !y0[2]")]
    public void What_it_goes_over_stays(int opset, string relations) => Assert.Equal(
        relations, string.Join(' ', Nodes.Relations<Softmax>(Nodes.View(opset, "Softmax", [[2, 4, 3]], [[2, 4, 3]], _ => null))));

    [Theory]
    [InlineData(13, "x0[0]=y0[0] !x0[1] !y0[1] x0[2]=y0[2]")]
    [InlineData(11, "x0[0]=y0[0] !x0[1] !y0[1] !x0[2] !y0[2]")]
    public void The_axis_may_be_stated_from_the_end(int opset, string relations) => Assert.Equal(
        relations,
        string.Join(' ', Nodes.Relations<Softmax>(
            Nodes.View(opset, "LogSoftmax", [[2, 4, 3]], [[2, 4, 3]], _ => null, ("axis", Nodes.Int(-2))))));

    [Theory]
    [InlineData("Hardmax", true)]
    [InlineData("Softmax", false)]
    public void Only_a_hard_choice_jumps(string op, bool jumps) =>
        Assert.Equal(jumps, new Softmax().Jumps(Nodes.View(op, [[4]], [4]).Node));
}
