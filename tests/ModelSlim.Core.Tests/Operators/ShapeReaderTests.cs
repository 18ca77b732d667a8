using ModelSlim.Core.Operators;

namespace ModelSlim.Core.Tests.Operators;

public sealed class ShapeReaderTests
{
    [Fact]
    public void Every_axis_is_free() =>
        Assert.Equal(["x0[0]=x0[0]", "x0[1]=x0[1]"], Nodes.Relations<ShapeReader>(Nodes.View("Shape", [[2, 4]], [[2]])));

    [Theory]
    [InlineData(0, 99, new[] { 0, 1, 2 })]
    [InlineData(-2, 99, new[] { 1, 2 })]
    [InlineData(1, -1, new[] { 1 })]
    [InlineData(2, 1, new int[0])]
    public void Shape_measures_some_axes(int start, int end, int[] axes) => Assert.Equal(
        axes,
        new ShapeReader().Measured(Nodes.View("Shape", [[2, 4, 3]], [[3]], ("start", Nodes.Int(start)), ("end", Nodes.Int(end))))
            .Select(measured => Assert.Single(measured).Axis));

    [Fact]
    public void Size_measures_all_axes_at_once() =>
        Assert.Equal(2, Assert.Single(new ShapeReader().Measured(Nodes.View("Size", [[2, 4]], [[]]))).Length);
}
