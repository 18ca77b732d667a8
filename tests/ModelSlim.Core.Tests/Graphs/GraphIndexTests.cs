using System.Collections.Immutable;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Core.Tests.Graphs;

public sealed class GraphIndexTests
{
    [Fact]
    public void Constants_are_initializers_and_outputs_of_Constant_nodes()
    {
        var index = new GraphIndex(Graph(
            [
                Constant("tensor", "value", new AttributeValue.Tensor(TensorData.From([2], [1f, 2f]))),
                Constant("number", "value_float", new AttributeValue.Float(3)),
                Constant("numbers", "value_floats", new AttributeValue.Floats([4, 5])),
                Constant("integer", "value_int", new AttributeValue.Int(6)),
                Constant("integers", "value_ints", new AttributeValue.Ints([7, 8])),
                Constant("text", "value_string", new AttributeValue.Text("9")),
                Constant("foreign", "value_int", new AttributeValue.Int(6)) with { Domain = "else" },
            ],
            ("w", TensorData.From([1], [1f]))));

        Assert.Equal(["integer", "integers", "number", "numbers", "tensor", "w"], index.Constants.Keys.Order(StringComparer.Ordinal));
        Assert.Empty(index.Constant("number")!.Shape);
        Assert.Equal([4f, 5f], index.Constant("numbers")!.ToSingles());
        Assert.Equal([6L], index.Constant("integer")!.ToInt64s());
        Assert.Null(index.Constant("text"));
    }

    [Fact]
    public void A_node_that_uses_a_value_twice_is_one_consumer()
    {
        var node = new Node { OpType = "Add", Inputs = ["x", "x"], Outputs = ["y"] };
        var index = new GraphIndex(Graph([node]));

        Assert.Equal([node], index.Consumers("x"));
        Assert.Same(node, index.Producer("y"));
        Assert.Null(index.Producer("x"));
        Assert.Empty(index.Consumers("y"));
    }

    [Fact]
    public void An_input_or_output_left_out_is_no_value()
    {
        var index = new GraphIndex(Graph([new Node { OpType = "Clip", Inputs = ["x", "", "high"], Outputs = ["", "y"] }]));

        Assert.Empty(index.Consumers(""));
        Assert.Null(index.Producer(""));
    }

    [Fact]
    public void What_subgraphs_take_from_outside_is_used_by_their_node()
    {
        var inner = Graph(
            [
                new Node { OpType = "Add", Inputs = ["outer", "own"], Outputs = ["sum"] },
                new Node { OpType = "Mul", Inputs = ["sum", "stored"], Outputs = ["product"] },
            ],
            ("stored", TensorData.From([1], [1f]))) with
        {
            Inputs = [new GraphValue("own", ElementType.Float, default)],
            Outputs = [new GraphValue("product", ElementType.Float, default), new GraphValue("passed", ElementType.Float, default)],
        };
        var middle = Graph([Branch("inner", inner)]);
        var node = Branch("outer condition", middle);

        Assert.Equal(["outer condition", "inner", "outer", "passed"], GraphIndex.Captured(node));
        Assert.Equal([node], new GraphIndex(Graph([node])).Consumers("outer"));
    }

    [Fact]
    public void Names_are_taken_by_inputs_initializers_and_nodes()
    {
        var index = new GraphIndex(Graph([new Node { OpType = "Relu", Inputs = ["x"], Outputs = ["y"] }], ("w", TensorData.From([], [1f]))) with
        {
            Inputs = [new GraphValue("x", ElementType.Float, default)],
            Outputs = [new GraphValue("y", ElementType.Float, default)],
        });

        Assert.All(["x", "y", "w"], name => Assert.True(index.Has(name)));
        Assert.False(index.Has("z"));
        Assert.True(index.IsOutput("y"));
        Assert.False(index.IsOutput("x"));
    }

    private static Node Constant(string output, string attribute, AttributeValue value) =>
        new Node { OpType = "Constant", Inputs = [], Outputs = [output] }.With(attribute, value);

    private static Node Branch(string condition, Graph branch) =>
        new Node { OpType = "If", Inputs = [condition], Outputs = ["z"] }.With("then_branch", new AttributeValue.Subgraph(branch));

    private static Graph Graph(ImmutableArray<Node> nodes, params (string Name, TensorData Tensor)[] initializers) => new()
    {
        Inputs = [],
        Outputs = [],
        Nodes = nodes,
        Initializers = initializers.ToImmutableDictionary(i => i.Name, i => i.Tensor),
        Opsets = ImmutableSortedDictionary<string, int>.Empty,
    };
}
