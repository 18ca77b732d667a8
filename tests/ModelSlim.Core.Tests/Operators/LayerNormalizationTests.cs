using ModelSlim.Core.Operators;

namespace ModelSlim.Core.Tests.Operators;

public sealed class LayerNormalizationTests
{
    [Fact]
    public void The_last_axis_is_mixed() => Assert.Equal(
        ["x0[0]=y0[0]", "x0[1]=y0[1]", "x1[0]=y0[1]", "x2[0]=y0[1]", "~y0[1]"],
        Nodes.Relations<LayerNormalization>(Nodes.View("LayerNormalization", [[3, 4], [4], [4]], [3, 4])));

    [Theory]
    [InlineData(1)]
    [InlineData(-2)]
    public void All_axes_from_the_stated_one_on_are_mixed(int axis) => Assert.Equal(
        ["~y0[1]", "~y0[2]"],
        Nodes.Relations<LayerNormalization>(Nodes.View("RMSNormalization", [[2, 3, 4], [3, 4]], [2, 3, 4], ("axis", Nodes.Int(axis))))[^2..]);

    [Fact]
    public void Statistics_have_the_axes_before() => Assert.Equal(
        ["y0[0]=y1[0]", "y0[0]=y2[0]", "~y0[1]"],
        Nodes.Relations<LayerNormalization>(Nodes.View("LayerNormalization", [[3, 4], [4]], [[3, 4], [3, 1], [3, 1]]))[^3..]);
}
