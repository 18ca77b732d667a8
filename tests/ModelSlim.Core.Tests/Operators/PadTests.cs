using ModelSlim.Core.Graphs;
using ModelSlim.Core.Operators;

namespace ModelSlim.Core.Tests.Operators;

public sealed class PadTests
{
    private static readonly Node Call = new() { OpType = "Pad", Inputs = ["x0", "x1"], Outputs = ["y0"] };

    [Fact]
    public void Axes_are_moved() => Assert.Equal(["y0[0]<x0[0]", "y0[1]<x0[1]"], Nodes.Relations<Pad>(View(Call)));

    [Fact]
    public void An_axis_that_is_reflected_stays_whole() => Assert.Equal(
        ["y0[0]<x0[0]", "!x0[1]", "!y0[1]"],
        Nodes.Relations<Pad>(View(Call.With("mode", new AttributeValue.Text("reflect")))));

    [Fact]
    public void Widths_follow_what_is_left_of_the_added_places() => Assert.Equal(
        [0L, 1, 0, 2],
        new Pad().Rewrite(View(Call), View(Call).After(Nodes.Cut("y0", 1, 1, 2, 3, 6, 7), _ => null)).Sizes[1]);

    [Fact]
    public void Places_that_are_taken_away_are_counted_on_the_input()
    {
        var node = Nodes.Of(Call, [("x0", [2, 8]), ("x1", [4]), ("y0", [2, 3])], Nodes.Stored(("x1", [0, -2, 0, -3])));

        Assert.Equal([0L, -1, 0, -2], new Pad().Rewrite(node, node.After(Nodes.Cut("x0", 1, 1, 3, 6, 7), _ => null)).Sizes[1]);
    }

    private static NodeView View(Node node) => Nodes.Of(node, [("x0", [2, 4]), ("x1", [4]), ("y0", [2, 8])], Nodes.Stored(("x1", [0, 2, 0, 2])));
}
