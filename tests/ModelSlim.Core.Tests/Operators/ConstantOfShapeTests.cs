using ModelSlim.Core.Graphs;
using ModelSlim.Core.Operators;

namespace ModelSlim.Core.Tests.Operators;

public sealed class ConstantOfShapeTests
{
    private static readonly Node Call = new() { OpType = "ConstantOfShape", Inputs = ["x0"], Outputs = ["y0"] };

    [Fact]
    public void Every_axis_is_free_and_the_shape_follows()
    {
        var view = Nodes.Of(Call, [("x0", [2]), ("y0", [2, 4])], Nodes.Stored(("x0", [2, 4])));

        Assert.Equal(["y0[0]=y0[0]", "y0[1]=y0[1]"], Nodes.Relations<ConstantOfShape>(view));
        Assert.Equal([2L, 3], new ConstantOfShape().Rewrite(view, view.After(Nodes.Cut("y0", 1, 0, 1, 3), _ => null)).Sizes[0]);
    }

    [Fact]
    public void A_shape_that_depends_on_data_cannot_follow() => Assert.Empty(Nodes.Relations<ConstantOfShape>(Nodes.Of(Call, [("x0", [2]), ("y0", [2, 4])])));
}
