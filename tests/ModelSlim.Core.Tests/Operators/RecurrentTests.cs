using ModelSlim.Core.Operators;

namespace ModelSlim.Core.Tests.Operators;

public sealed class RecurrentTests
{
    private static readonly int[]?[] Lstm =
        [[7, 2, 3], [2, 20, 3], [2, 20, 5], [2, 40], [2], [2, 2, 5], [2, 2, 5], [2, 15]];

    [Fact]
    public void A_hidden_unit_has_a_place_in_every_gate_and_state() => Assert.Equal(
        [
            "x0[2]=x1[2]",
            "x2[2]*x1[1]", "x2[2]*x2[1]", "x2[2]*x3[1]", "x2[2]*x7[1]",
            "x0[1]=x4[0]", "x0[1]=x5[1]", "x2[2]=x5[2]", "x0[1]=x6[1]", "x2[2]=x6[2]",
            "x0[1]=y0[2]", "x2[2]=y0[3]", "x0[1]=y1[1]", "x2[2]=y1[2]", "x0[1]=y2[1]", "x2[2]=y2[2]",
        ],
        Nodes.Relations<Recurrent>(Nodes.View("LSTM", Lstm, [[7, 2, 2, 5], [2, 2, 5], [2, 2, 5]])));

    [Fact]
    public void Inputs_and_outputs_left_out_have_no_axes() => Assert.Equal(
        ["x0[2]=x1[2]", "x2[2]*x1[1]", "x2[2]*x2[1]", "x0[1]=y1[1]", "x2[2]=y1[2]"],
        Nodes.Relations<Recurrent>(Nodes.View("RNN", [[7, 2, 3], [1, 5, 3], [1, 5, 5]], [null, [1, 2, 5]])));

    [Fact]
    public void Layout_1_puts_the_batch_first() => Assert.Equal(
        [
            "x0[2]=x1[2]", "x2[2]*x1[1]", "x2[2]*x2[1]",
            "x0[0]=x5[0]", "x2[2]=x5[2]", "x0[0]=y0[0]", "x2[2]=y0[3]", "x0[0]=y1[0]", "x2[2]=y1[2]",
        ],
        Nodes.Relations<Recurrent>(Nodes.View(
            "GRU",
            [[2, 7, 3], [1, 15, 3], [1, 15, 5], null, null, [2, 1, 5]],
            [[2, 7, 1, 5], [2, 1, 5]],
            ("layout", Nodes.Int(1)))));

    [Fact]
    public void Hidden_size_is_what_is_left()
    {
        var node = Nodes.View("GRU", [[7, 2, 3], [1, 15, 3], [1, 15, 5]], [[7, 1, 2, 5]], ("hidden_size", Nodes.Int(5)));
        var after = Nodes.Of(node.Node, [("x0", [7, 2, 3]), ("x1", [1, 12, 3]), ("x2", [1, 12, 4]), ("y0", [7, 1, 2, 4])]);

        Assert.Equal(4, new Recurrent().Rewrite(node, after).Node.GetInt("hidden_size", 0));
    }

    [Fact]
    public void A_size_that_is_not_stated_needs_no_new_one()
    {
        var node = Nodes.View("GRU", [[7, 2, 3], [1, 15, 3], [1, 15, 5]], [[7, 1, 2, 5]]);

        Assert.Equal(node.Node, new Recurrent().Rewrite(node, node).Node);
    }

    [Fact]
    public void Every_step_costs_both_matrices()
    {
        var node = Nodes.View("LSTM", Lstm, [[7, 2, 2, 5]]);

        Assert.Equal(7 * 2 * 2 * 20 * (3 + 5), new Recurrent().Macs(node));
        Assert.Equal(["x0[2]", "x1[2]", "x2[2]"], new Recurrent().Contracted(node).Select(axis => axis.ToString()));
    }
}
