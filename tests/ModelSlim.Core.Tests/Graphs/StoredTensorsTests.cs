using System.Collections.Immutable;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Core.Tests.Graphs;

public sealed class StoredTensorsTests
{
    private static readonly ImmutableSortedDictionary<string, int> Opsets = ImmutableSortedDictionary<string, int>.Empty.Add("", 17);

    [Fact]
    public void All_weights_come_together_each_under_a_name_of_its_own()
    {
        var open = StoredTensors.Out(Net());

        Assert.Equal(["given", "shared'", "shared''", "told", "top", "vector"], open.Initializers.Keys.Order(StringComparer.Ordinal));
        Assert.Equal([4f, 4, 4, 4], open.Initializers["shared'"].ToSingles());
        var branches = open.Nodes.Single(node => node.OpType == "If").Subgraphs.ToArray();
        Assert.All(branches, branch => Assert.DoesNotContain(branch.Initializers.Values, tensor => tensor.Shape.Length > 1));
        Assert.Equal(["shared'", "shared''"], branches.Select(branch => branch.Nodes[^1].Inputs[1]).Order(StringComparer.Ordinal));
        var nested = branches.SelectMany(branch => branch.Nodes).SelectMany(node => node.Subgraphs).SelectMany(branch => branch.Nodes).ToArray();
        Assert.Contains(nested, node => node.OpType == "MatMul" && node.Inputs[1] == "told");
        Assert.DoesNotContain(nested, node => node.OpType == "Constant");
        Assert.DoesNotContain(open.Nodes, node => node is { OpType: "Constant", Outputs: ["given"] });
        Assert.Equal([("shared", "shared'"), ("shared", "shared''")], StoredTensors.Names(Net()).Where(name => name.Given == "shared").Order());
    }

    [Fact]
    public void They_go_back_to_where_they_were_with_other_numbers()
    {
        var net = Net();
        var open = StoredTensors.Out(net);

        Assert.True(GraphComparison.Same(net, StoredTensors.Back(open, net)));
        var other = open with { Initializers = open.Initializers.ToImmutableDictionary(entry => entry.Key, entry => entry.Value.WithSingles([.. entry.Value.ToSingles().Select(number => -number)])) };
        var back = StoredTensors.Back(other, net);
        Assert.Equal(net.Initializers.Keys.Order(), back.Initializers.Keys.Order());
        Assert.Equal(
            other.Initializers.OrderBy(entry => entry.Key, StringComparer.Ordinal).SelectMany(entry => entry.Value.ToSingles()),
            StoredTensors.Out(back).Initializers.OrderBy(entry => entry.Key, StringComparer.Ordinal).SelectMany(entry => entry.Value.ToSingles()));
    }

    [Fact]
    public void A_graph_that_stores_all_itself_is_the_same_object()
    {
        var net = Net() with { Nodes = [Of("MatMul", ["x", "top"], "y")] };

        Assert.Same(net, StoredTensors.Out(net));
        Assert.Same(net, StoredTensors.Back(net, net));
    }

    private static Graph Net()
    {
        var then = Place([Of("MatMul", ["x", "shared"], "a")], ("shared", Tensor(2)));
        var nested = new Node { OpType = "If", Inputs = ["c"], Outputs = ["n"] }
            .With("then_branch", new AttributeValue.Subgraph(Place([Told("told", 3), Of("MatMul", ["x", "told"], "t")])))
            .With("else_branch", new AttributeValue.Subgraph(Place([Of("Identity", ["x"], "e")])));
        var other = Place([nested, Of("MatMul", ["n", "shared"], "b")], ("shared", Tensor(4)));
        var flow = new Node { OpType = "If", Inputs = ["c"], Outputs = ["f"] }
            .With("then_branch", new AttributeValue.Subgraph(then))
            .With("else_branch", new AttributeValue.Subgraph(other));
        return Place(
            [Told("given", 5), Of("MatMul", ["x", "given"], "m"), Of("MatMul", ["m", "top"], "x1"), flow, Of("Add", ["f", "vector"], "y")],
            ("top", Tensor(1)),
            ("vector", TensorData.From([2], [1f, 2])));
    }

    private static TensorData Tensor(float number) => TensorData.From([2, 2], [number, number, number, number]);

    private static Node Told(string name, float number) => Of("Constant", [], name).With("value", new AttributeValue.Tensor(Tensor(number)));

    private static Node Of(string type, string[] inputs, string output) => new() { OpType = type, Inputs = [.. inputs], Outputs = [output] };

    private static Graph Place(ImmutableArray<Node> nodes, params (string Name, TensorData Tensor)[] stored) => new()
    {
        Inputs = [],
        Outputs = [new GraphValue(nodes[^1].Outputs[0], ElementType.Float, default)],
        Nodes = nodes,
        Initializers = stored.ToImmutableDictionary(entry => entry.Name, entry => entry.Tensor),
        Opsets = Opsets,
    };
}
