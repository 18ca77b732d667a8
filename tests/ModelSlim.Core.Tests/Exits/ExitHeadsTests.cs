using System.Collections.Immutable;
using ModelSlim.Core.Exits;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;
using ModelSlim.Testing;

namespace ModelSlim.Core.Tests.Exits;

public sealed class ExitHeadsTests
{
    // With an open batch, the branch of the rest hands on what the head says too, and log-probabilities lead to no condition.
    [Theory]
    [InlineData(null, ScoreKind.Logits, true)]
    [InlineData("n", ScoreKind.Logits, true)]
    [InlineData("n", ScoreKind.Probabilities, false)]
    [InlineData("n", ScoreKind.LogProbabilities, true)]
    public void The_head_is_found_whatever_it_is_called(string? batch, ScoreKind kind, bool weightsMove)
    {
        var index = new GraphIndex(ExitNets.Late(batch, channels: 8).Graph);
        var place = index.Graph.Nodes.First(node => node.OpType == "Relu").Outputs[0];
        var window = PoolWindow.Of([1, 12, 16, 16], isOpen: false)!;
        var head = new ExitHead(TensorData.From([6, window.Features], new float[6 * window.Features]), TensorData.From([6], new float[6]));
        var graph = Renamed(EarlyExitGraph.Of(index, new EarlyExit(new ExitPlace(place, window, 1), head, 0.5f, kind), weightsMove));

        var stored = ExitHeads.Values(new GraphIndex(graph)).Where(graph.Initializers.ContainsKey).Select(name => graph.Initializers[name]).Where(tensor => tensor.IsFloatingPoint).ToArray();

        Assert.Contains(head.Weights, stored);
        Assert.Contains(head.Bias, stored);
        Assert.Single(stored, tensor => tensor.Shape.Length > 1);
    }

    // An exit as others make it: the head lies in the branch, and how sure it is in another layer.
    [Fact]
    public void What_both_the_condition_and_the_rest_are_made_of_is_of_no_head()
    {
        var net = new ModelBuilder();
        var x = net.Relu(net.Gemm(net.Input("x", 1, 8), 8));
        var sure = net.Node("Squeeze", [net.Node("Greater", [net.Gemm(x, 1), net.Initializer("bound", TensorData.From([], [0f]))], [1, 1])], []);
        var (wide, narrow) = (net.Initializer("rest", [8, 4], -1, 1), net.Initializer("early", [8, 4], -1, 1));
        Graph Branch(string name, string weight) => new()
        {
            Name = name,
            Inputs = [],
            Outputs = [new GraphValue(name, ElementType.Float, default)],
            Nodes = [new Node { OpType = "Identity", Inputs = [weight], Outputs = [$"{name}.weight"] }, new Node { OpType = "MatMul", Inputs = [x, $"{name}.weight"], Outputs = [name] }],
            Initializers = ImmutableDictionary<string, TensorData>.Empty,
            Opsets = ImmutableSortedDictionary<string, int>.Empty,
        };
        net.Output(net.Node(
            "If", [sure], [1, 4],
            ("then_branch", new AttributeValue.Subgraph(Branch("then", narrow))), ("else_branch", new AttributeValue.Subgraph(Branch("else", wide)))));
        var index = new GraphIndex(net.Build().Graph);
        var gemms = index.Graph.Nodes.Where(node => node.OpType == "Gemm").ToArray();

        var found = ExitHeads.Values(index);

        Assert.All([gemms[1].Inputs[1], gemms[1].Outputs[0], sure], value => Assert.Contains(value, found));
        Assert.DoesNotContain(x, found);
        Assert.Empty(found.Intersect([.. gemms[0].Inputs, .. gemms[0].Outputs, "rest", "early"]));
    }

    [Fact]
    public void Where_nothing_leaves_early_there_is_no_head()
    {
        Assert.Empty(ExitHeads.Values(new GraphIndex(ExitNets.Late().Graph)));
        Assert.Empty(ExitHeads.Values(new GraphIndex(FlowNets.AskedElements(counts: false).Graph)));
    }

    private static Graph Renamed(Graph graph)
    {
        var names = graph.Nodes.SelectMany(node => node.Outputs).Concat(graph.Initializers.Keys).Where(name => !graph.Outputs.Any(output => output.Name == name)).Distinct().ToArray();
        var renaming = new Renaming(names.Index().ToDictionary(name => name.Item, name => $"value{name.Index}", StringComparer.Ordinal));
        return graph with
        {
            Nodes = [.. graph.Nodes.Select(renaming.Of)],
            Initializers = graph.Initializers.ToImmutableDictionary(entry => renaming.Of(entry.Key), entry => entry.Value, StringComparer.Ordinal),
        };
    }
}
