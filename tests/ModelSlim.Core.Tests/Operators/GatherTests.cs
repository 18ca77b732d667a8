using ModelSlim.Core.Graphs;
using ModelSlim.Core.Operators;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Core.Tests.Operators;

public sealed class GatherTests
{
    private static readonly Node Call = new Node { OpType = "Gather", Inputs = ["x0", "x1"], Outputs = ["y0"] }.With("axis", Nodes.Int(1));

    [Fact]
    public void A_stored_list_of_places_is_followed() => Assert.Equal(["x0[0]=y0[0]", "y0[1]<x0[1]"], Nodes.Relations<Gather>(Listed));

    [Fact]
    public void Computed_places_freeze_the_axis_and_stand_in_its_place() => Assert.Equal(
        ["x0[0]=y0[0]", "x0[2]=y0[3]", "x1[0]=y0[1]", "x1[1]=y0[2]", "!x0[1]"],
        Nodes.Relations<Gather>(Nodes.Of(Call, [("x0", [2, 8, 4]), ("x1", [5, 3]), ("y0", [2, 5, 3, 4])])));

    [Fact]
    public void One_place_freezes_the_axis() => Assert.Equal(
        ["x0[0]=y0[0]", "x0[2]=y0[1]", "!x0[1]"],
        Nodes.Relations<Gather>(Nodes.Of(Call, [("x0", [2, 8, 4]), ("x1", []), ("y0", [2, 4])], _ => TensorData.From([], [3L]))));

    [Fact]
    public void Places_are_counted_anew()
    {
        var cuts = new Core.Axes.ChannelCuts([.. Nodes.Cut("x0", 1, 1, 5, 6).Kept, .. Nodes.Cut("y0", 1, 0, 2).Kept]);

        Assert.Equal([1L, 2], new Gather().Rewrite(Listed, Listed.After(cuts, _ => null)).Constants[1].ToInt64s());
    }

    private static NodeView Listed => Nodes.Of(Call, [("x0", [2, 8]), ("x1", [3]), ("y0", [2, 3])], Nodes.Stored(("x1", [5, 2, -2])));
}
