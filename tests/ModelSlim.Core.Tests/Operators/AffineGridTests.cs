using ModelSlim.Core.Operators;

namespace ModelSlim.Core.Tests.Operators;

public sealed class AffineGridTests
{
    private static readonly NodeView Node = Nodes.Of(
        Nodes.View("AffineGrid", [[3, 2, 3], [4]], [3, 5, 6, 2]).Node,
        [("x0", [3, 2, 3]), ("x1", [4]), ("y0", [3, 5, 6, 2])],
        Nodes.Stored("x1", 3, 4, 5, 6),
        stated: _ => new StatedIntegers([3, 4, 5, 6], [true, true, true, true]));

    [Fact]
    public void Matrices_pass_and_coordinates_stay() => Assert.Equal(["x0[0]=y0[0]"], Nodes.Relations<AffineGrid>(Node));

    [Fact]
    public void As_many_grids_are_stated_as_there_are_matrices() =>
        Assert.Equal([2, 4, 5, 6], new AffineGrid().Rewrite(Node, Node.After(Nodes.Cut("y0", 0, 0, 2), _ => null)).Sizes[1]);

    [Fact]
    public void A_size_that_depends_on_data_says_nothing() =>
        Assert.Empty(Nodes.Relations<AffineGrid>(Nodes.View("AffineGrid", [[3, 2, 3], [4]], [3, 5, 6, 2])));
}
