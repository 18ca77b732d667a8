using System.Collections.Immutable;
using ModelSlim.Core.Axes;
using ModelSlim.Core.Dependencies;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Operators;
using ModelSlim.Core.Tests.Graphs;
using ModelSlim.Testing;

namespace ModelSlim.Core.Tests.Dependencies;

public sealed class RelationFitTests
{
    private static readonly AxisRef Four = new("a", 0);
    private static readonly AxisRef Twelve = new("a", 1);
    private static readonly AxisRef None = new("empty", 0);

    public static TheoryData<AxisRelation, bool> Relations => new()
    {
        { new AxisRelation.Tied(Four, Four), true },
        { new AxisRelation.Tied(Four, Twelve), false },
        { new AxisRelation.Tied(Four, new AxisRef("a", 2)), false },
        { new AxisRelation.Tied(Four, new AxisRef("b", 0)), false },
        { new AxisRelation.Part(Twelve, 8, Four), true },
        { new AxisRelation.Part(Twelve, 12, None), true },
        { new AxisRelation.Part(Twelve, 9, Four), false },
        { new AxisRelation.Part(Twelve, -1, Four), false },
        { new AxisRelation.Blocked(Four, Twelve), true },
        { new AxisRelation.Blocked(Twelve, Four), false },
        { new AxisRelation.Blocked(None, Four), false },
        { new AxisRelation.Repeated(Four, Twelve), true },
        { new AxisRelation.Repeated(None, None), true },
        { new AxisRelation.Repeated(None, Four), false },
        { new AxisRelation.Repeated(Four, None), true },
        { new AxisRelation.Grouped(Twelve, 3), true },
        { new AxisRelation.Grouped(Twelve, 5), false },
        { new AxisRelation.Grouped(Twelve, 0), false },
        { new AxisRelation.Moved(Four, Twelve, [11, 0, -1, 3]), true },
        { new AxisRelation.Moved(Four, Twelve, [12, 0, 1, 3]), false },
        { new AxisRelation.Moved(Four, Twelve, [0]), false },
        { new AxisRelation.Product(Four, [Twelve], [[0, 1, 2, 11]]), true },
        { new AxisRelation.Product(Four, [Twelve], [[0, 1, 2, -1]]), false },
        { new AxisRelation.Product(Four, [Twelve, Four], [[0, 1, 2, 3]]), false },
        { new AxisRelation.Split([new AxisRelation.Product(Twelve, [Four], [[0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3]])], [new AxisRelation.Grouped(Twelve, 3)]), true },
        { new AxisRelation.Split([new AxisRelation.Product(Twelve, [Four], [[0]])], [new AxisRelation.Grouped(Twelve, 3)]), false },
        { new AxisRelation.Split([new AxisRelation.Product(Four, [Twelve], [[0, 1, 2, 11]])], [new AxisRelation.Grouped(Twelve, 5)]), false },
        { new AxisRelation.Frozen(Four, "why"), true },
        { new AxisRelation.Mixed(new AxisRef("a", -1), "why"), false },
    };

    [Theory]
    [MemberData(nameof(Relations))]
    public void Extents_have_to_be_what_the_relation_needs(AxisRelation relation, bool fits)
    {
        var cells = new CellSpace();
        cells.Add("a", [4, 12]);
        cells.Add("empty", [0]);
        cells.Seal();

        Assert.Equal(fits, new RelationFit(cells).Holds(relation));
    }

    [Fact]
    public void A_node_that_an_operator_misreads_is_frozen()
    {
        var builder = new ModelBuilder();
        builder.Output(builder.Gemm(builder.Node("Misread", [builder.Gemm(builder.Input("x", 1, 3), 8)], [1, 8]), 5));
        var graph = builder.Build().Graph;
        var catalog = new OperatorCatalog([new Gemm(), new Misreading()]);

        var found = new DependencyBuilder(catalog).Build(new GraphIndex(graph), HandTrace.Of(graph, builder), ImmutableHashSet<string>.Empty);

        Assert.Empty(found.Groups);
        Assert.Contains(found.Refusals, r => r is { Node: "misread_1", Channels: 8 });
    }

    private sealed class Misreading : Operator
    {
        public override IReadOnlyList<string> OpTypes { get; } = ["Misread"];

        public override IEnumerable<AxisRelation> Relate(NodeView node) =>
        [
            new AxisRelation.Tied(node.In(0, 1), node.Out(1)),
            new AxisRelation.Tied(node.In(0, 1), node.Out(2)),
        ];
    }
}
