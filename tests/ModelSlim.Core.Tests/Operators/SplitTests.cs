using ModelSlim.Core.Graphs;
using ModelSlim.Core.Operators;

namespace ModelSlim.Core.Tests.Operators;

public sealed class SplitTests
{
    [Fact]
    public void Outputs_are_parts_of_the_input() => Assert.Equal(
        ["x0[0]=y0[0]", "x0[1]+0=y0[1]", "x0[0]=y1[0]", "x0[1]+3=y1[1]"],
        Nodes.Relations<Split>(Nodes.View("Split", [[2, 8]], [[2, 3], [2, 5]], ("axis", Nodes.Int(1)))));

    [Fact]
    public void Sizes_that_depend_on_data_freeze_the_axis() => Assert.Equal(
        ["x0[0]=y0[0]", "x0[0]=y1[0]"],
        Nodes.Relations<Split>(Nodes.View("Split", [[2, 8], [2]], [[2, 3], [2, 5]], ("axis", Nodes.Int(1)))));

    [Theory]
    [InlineData(11, 3, false)]
    [InlineData(13, 3, true)]
    [InlineData(13, 4, null)]
    public void Parts_that_get_uneven_are_stated(int opset, int last, bool? byInput)
    {
        var node = new Node { OpType = "Split", Inputs = ["x0"], Outputs = ["y0", "y1"] };

        var rewrite = new Split().Rewrite(
            Nodes.Of(node, [("x0", [10]), ("y0", [5]), ("y1", [5])], opset: opset),
            Nodes.Of(node, [("x0", [4 + last]), ("y0", [4]), ("y1", [last])], opset: opset));

        Assert.Equal(byInput == true, rewrite.Constants.ContainsKey(1));
        Assert.Equal(byInput == false, rewrite.Node.Attributes.ContainsKey("split"));
    }

    [Fact]
    public void A_number_of_outputs_gives_way_to_sizes()
    {
        var node = new Node { OpType = "Split", Inputs = ["x0"], Outputs = ["y0", "y1"] }.With("num_outputs", Nodes.Int(2));

        var rewrite = new Split().Rewrite(
            Nodes.Of(node, [("x0", [10]), ("y0", [5]), ("y1", [5])], opset: 18), Nodes.Of(node, [("x0", [6]), ("y0", [2]), ("y1", [4])], opset: 18));

        Assert.Empty(rewrite.Node.Attributes);
        Assert.Equal([2L, 4], rewrite.Constants[1].ToInt64s());
    }
}
