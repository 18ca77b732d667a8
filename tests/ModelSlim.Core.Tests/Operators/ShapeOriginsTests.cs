using ModelSlim.Core.Axes;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Operators;
using ModelSlim.Core.Tensors;
using ModelSlim.Core.Tests.Graphs;
using ModelSlim.Testing;

namespace ModelSlim.Core.Tests.Operators;

public sealed class ShapeOriginsTests
{
    [Fact]
    public void A_copied_extent_is_told_from_a_computed_one()
    {
        var origins = Follow(out var names, isDynamic: true);

        Assert.Equal(new AxisRef("x", 1), origins.Measures[new AxisRef(names.Shape, 1)].Single());
        Assert.True(origins.Of(names.Shape, 1).IsCopy);
        Assert.False(origins.Of(names.Doubled, 1).IsCopy);
        Assert.Equal(new AxisRef(names.Shape, 1), origins.Of(names.Doubled, 1).Measures.Single());
    }

    [Fact]
    public void Elements_that_are_moved_are_followed_one_by_one()
    {
        var origins = Follow(out var names, isDynamic: true);

        Assert.True(origins.Of(names.Joined, 1).IsCopy);
        Assert.Equal(new AxisRef(names.Shape, 1), origins.Of(names.Joined, 1).Measures.Single());
        Assert.Empty(origins.Of(names.Joined, 2).Measures);
    }

    [Theory]
    [InlineData(true, new[] { false, false, true })]
    [InlineData(false, new[] { true, true, true })]
    public void Only_what_no_size_decides_is_fixed(bool isDynamic, bool[] isFixed)
    {
        var origins = Follow(out var names, isDynamic);

        Assert.Equal(isFixed, origins.Integers(names.Joined)!.Fixed);
        Assert.Equal(!isDynamic, origins.IsStatic);
    }

    [Fact]
    public void What_depends_on_data_is_not_known()
    {
        var origins = Follow(out var names, isDynamic: true);

        Assert.False(origins.Has(names.Data));
        Assert.Null(origins.Integers(names.Data));
    }

    private static ShapeOrigins Follow(out (string Shape, string Doubled, string Joined, string Data) names, bool isDynamic)
    {
        var b = new ModelBuilder();
        var x = b.Input("x", 2, 4);
        var shape = b.Node("Shape", [x], [2]);
        var doubled = b.Node("Add", [shape, shape], [2]);
        var joined = b.Node("Concat", [shape, b.Initializer("one", TensorData.From([1], [1L]))], [3], ("axis", Nodes.Int(0)));
        var data = b.Node("Cast", [x], [2, 4], ("to", Nodes.Int(7)));
        b.Output(b.Relu(x));
        var graph = b.Build().Graph;
        if (isDynamic)
        {
            graph = graph with { Inputs = [graph.Inputs[0] with { Shape = [new Dimension(null, "n"), new Dimension(4, null)] }] };
        }

        var trace = HandTrace.Of(graph, b);
        trace = trace with
        {
            Integers = trace.Integers.Add(shape, [2, 4]).Add(doubled, [4, 8]).Add(joined, [2, 4, 1]).Add(data, [0, 0, 0, 0, 0, 0, 0, 0]),
            Movements = trace.Movements.Add(joined, new Movement([0, 0, 1], [0, 1, 0])),
        };
        names = (shape, doubled, joined, data);
        return new ShapeOrigins(new GraphIndex(graph), trace, OperatorCatalog.Standard);
    }
}
