using System.Collections.Immutable;
using ModelSlim.Core.Dependencies;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Core.Tests.Dependencies;

public sealed class SubgraphWeightsTests
{
    [Theory]
    [InlineData(3, true)]
    [InlineData(0, false)]
    public void Only_nodes_whose_subgraphs_store_tensors_are_named(int extent, bool named)
    {
        var stored = extent > 0 ? TensorData.From([extent], new float[extent]) : TensorData.From([], [1f]);
        var inner = Graph(new Node { OpType = "Identity", Inputs = ["w"], Outputs = ["y"] }) with
        {
            Initializers = ImmutableDictionary<string, TensorData>.Empty.Add("w", stored),
        };
        var nested = Graph(Branch("inner", inner));

        var refusals = SubgraphWeights.Refuse(new GraphIndex(Graph(Branch("choice", nested)))).ToArray();

        Assert.Equal(named ? ["choice"] : [], refusals.Select(refusal => refusal.Node));
        Assert.All(refusals, refusal => Assert.Equal("what its subgraphs store stays as it is", refusal.Reason));
    }

    [Theory]
    [InlineData(3, true)]
    [InlineData(0, false)]
    public void Nodes_whose_subgraphs_read_stored_tensors_from_outside_are_named(int extent, bool named)
    {
        var stored = extent > 0 ? TensorData.From([extent], new float[extent]) : TensorData.From([], [1f]);
        var inner = Graph(new Node { OpType = "Identity", Inputs = ["w"], Outputs = ["y"] });
        var outer = Graph(Branch("choice", inner)) with { Initializers = ImmutableDictionary<string, TensorData>.Empty.Add("w", stored) };

        var refusals = SubgraphWeights.Refuse(new GraphIndex(outer)).ToArray();

        Assert.Equal(named ? ["choice"] : [], refusals.Select(refusal => refusal.Node));
        Assert.All(refusals, refusal => Assert.Equal("what its subgraphs read stays as it is", refusal.Reason));
    }

    private static Node Branch(string name, Graph branch) => new Node { Name = name, OpType = "If", Inputs = ["c"], Outputs = [$"{name}_y"] }
        .With("then_branch", new AttributeValue.Subgraph(branch));

    private static Graph Graph(Node node) => new()
    {
        Name = "net",
        Inputs = [],
        Outputs = [],
        Nodes = [node],
        Initializers = ImmutableDictionary<string, TensorData>.Empty,
        Opsets = ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal).Add("", 17),
    };
}
