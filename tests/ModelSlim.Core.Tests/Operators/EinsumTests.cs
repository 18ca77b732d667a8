using ModelSlim.Core.Operators;

namespace ModelSlim.Core.Tests.Operators;

public sealed class EinsumTests
{
    [Fact]
    public void A_letter_is_one_axis_and_a_lost_letter_is_summed_over()
    {
        var node = Nodes.View("Einsum", [[2, 4], [4, 3]], [2, 3], ("equation", Nodes.Text("ij,jk->ik")));

        Assert.Equal(
            ["x0[0]=x0[0]", "x0[0]=y0[0]", "x0[1]=x0[1]", "x0[1]=x1[0]", "x1[1]=x1[1]", "x1[1]=y0[1]"], Nodes.Relations<Einsum>(node));
        Assert.Equal(["x0[1]", "x1[0]"], Nodes.Sums<Einsum>(node));
        Assert.Equal(24, new Einsum().Macs(node));
    }

    [Fact]
    public void A_diagonal_stays() => Assert.Equal(
        ["!x0[0]", "!x0[1]", "!y0[0]"], Nodes.Relations<Einsum>(Nodes.View("Einsum", [[4, 4]], [4], ("equation", Nodes.Text("ii->i")))));

    [Fact]
    public void An_extent_of_1_serves_the_others() => Assert.Equal(
        ["x1[0]=x1[0]", "x1[0]=y0[0]"],
        Nodes.Relations<Einsum>(Nodes.View("Einsum", [[1], [4]], [4], ("equation", Nodes.Text("...,...->...")))));

    [Fact]
    public void An_equation_that_does_not_fit_says_nothing()
    {
        var node = Nodes.View("Einsum", [[2, 4]], [2, 4], ("equation", Nodes.Text("i->i")));

        Assert.Empty(Nodes.Relations<Einsum>(node));
        Assert.Empty(Nodes.Sums<Einsum>(node));
        Assert.Equal(0, new Einsum().Macs(node));
    }
}
