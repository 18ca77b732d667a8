using System.Collections.Immutable;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Core.Tests.Graphs;

public sealed class RenamingTests
{
    [Fact]
    public void NamesChangeInSubgraphsToo()
    {
        var branch = new Graph
        {
            Inputs = [],
            Outputs = [new GraphValue("a", ElementType.Float, default)],
            Nodes = [new Node { OpType = "Add", Inputs = ["a", "b"], Outputs = ["c"] }],
            Initializers = ImmutableDictionary<string, TensorData>.Empty,
            Opsets = ImmutableSortedDictionary<string, int>.Empty,
        };
        var node = new Node { OpType = "If", Inputs = ["b"], Outputs = ["d"] }.With("then_branch", new AttributeValue.Subgraph(branch));

        var renamed = new Renaming(new Dictionary<string, string> { ["a"] = "x", ["b"] = "y", ["d"] = "z" }).Of(node);

        Assert.Equal(["y"], renamed.Inputs);
        Assert.Equal(["z"], renamed.Outputs);
        Assert.Equal(["x", "y"], GraphIndex.Captured(renamed).Where(name => name != "z").Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void ANodeThatNamesNoneIsTheSameNode()
    {
        var node = new Node { OpType = "Add", Inputs = ["a", "b"], Outputs = ["c"] };

        Assert.Same(node, new Renaming("d", "e").Of(node));
    }
}
