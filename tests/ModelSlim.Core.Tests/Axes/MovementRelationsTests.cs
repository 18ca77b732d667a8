using System.Collections.Immutable;
using ModelSlim.Core.Axes;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;
using ModelSlim.Core.Tests.Graphs;

namespace ModelSlim.Core.Tests.Axes;

public sealed class MovementRelationsTests
{
    [Fact]
    public void An_axis_that_stays_is_moved_index_by_index() =>
        Assert.Equal(["y[0] = x[0] at 0 1", "y[1] = x[1] at 0 1 2"], Reshape([2, 3], [2, 3]));

    [Fact]
    public void An_axis_of_extent_1_comes_and_goes() =>
        Assert.Equal(["y[0] = x[0] at 0 1", "y[2] = x[1] at 0 1 2"], Reshape([2, 3], [2, 1, 3]));

    [Fact]
    public void A_joined_axis_is_a_product_of_its_factors() =>
        Assert.Equal(["y[0] = x[0] at 0 1", "y[1] = x[1] at 0 0 1 1 2 2 and x[2] at 0 1 0 1 0 1"], Reshape([2, 3, 2], [2, 6]));

    [Fact]
    public void A_split_axis_is_a_product_of_what_it_is_split_into() =>
        Assert.Equal(["x[1] = y[1] at 0 0 1 1 2 2 and y[2] at 0 1 0 1 0 1", "y[0] = x[0] at 0 1"], Reshape([2, 6], [2, 3, 2]).Order());

    [Fact]
    public void An_axis_that_is_joined_with_extent_1_keeps_its_indices() =>
        Assert.Equal(["y[0] = x[0] at 0 1", "y[1] = x[1] at 0 1 2"], Reshape([2, 3, 1, 1], [2, 3]));

    [Fact]
    public void A_factor_that_no_axis_has_ties_the_indices_that_differ_by_it_only() =>
        // [4, 6] to [12, 2]: 3 of the 6 go over to the 12.
        Assert.Equal(["x[1] = y[1] at 0 1 0 1 0 1", "y[0] = x[0] at 0 0 0 1 1 1 2 2 2 3 3 3"], Reshape([4, 6], [12, 2]).Order());

    [Fact]
    public void Axes_that_are_cut_across_are_frozen() =>
        Assert.Equal(["x[0] stays", "y[0] stays"], Reshape([4, 6], [6, 4]).Distinct().Order());

    [Fact]
    public void Transpose_moves_axes() =>
        Assert.Equal(
            ["y[0] = x[2] at 0 1 2 3", "y[1] = x[0] at 0 1", "y[2] = x[1] at 0 1 2"],
            Read([2, 3, 4], [4, 2, 3], HandTrace.Transpose([2, 3, 4], [2, 0, 1])).Order());

    [Fact]
    public void A_reversed_axis_keeps_its_indices_in_other_places() =>
        Assert.Equal(["y[0] = x[0] at 2 1 0"], Read([3], [3], new Movement([0, 0, 0], [2, 1, 0])));

    [Fact]
    public void Elements_of_no_input_have_no_place() =>
        Assert.Equal(["y[0] = x[0] at -1 0 1"], Read([2], [3], new Movement([-1, 0, 0], [-1, 0, 1])));

    [Fact]
    public void An_axis_that_is_not_all_moved_keeps_the_places_of_the_rest() =>
        Assert.Equal(["y[0] = x[0] at 1 3"], Read([4], [2], new Movement([0, 0], [1, 3])));

    [Fact]
    public void Nothing_is_said_of_an_empty_movement() => Assert.Empty(Read([2, 0], [0, 2], new Movement([], [])));

    [Fact]
    public void Every_input_has_its_own_relations()
    {
        var relations = new MovementRelations().Read([("a", [2]), ("b", [1])], "y", [3], new Movement([0, 0, 1], [0, 1, 0]));

        Assert.Equal(["y[0] = a[0] at 0 1 -1", "y[0] = b[0] at -1 -1 0"], relations.Select(Text));
    }

    private static IEnumerable<string> Reshape(ImmutableArray<int> from, ImmutableArray<int> to) =>
        Read(from, to, HandTrace.Stay((int)TensorData.Count(from)));

    private static IEnumerable<string> Read(ImmutableArray<int> from, ImmutableArray<int> to, Movement movement) =>
        new MovementRelations().Read([("x", from)], "y", to, movement).Select(Text);

    private static string Text(AxisRelation relation) => relation switch
    {
        AxisRelation.Moved moved => $"{moved.To} = {moved.From} at {string.Join(' ', moved.Places)}",
        AxisRelation.Product product =>
            $"{product.Merged} = {string.Join(" and ", product.Factors.Zip(product.Places, (factor, places) => $"{factor} at {string.Join(' ', places)}"))}",
        AxisRelation.Frozen frozen => $"{frozen.Axis} stays",
        _ => relation.ToString(),
    };
}
