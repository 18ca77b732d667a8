using ModelSlim.Core.Dependencies;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;
using ModelSlim.Testing;

namespace ModelSlim.Core.Tests.Dependencies;

public sealed class SharedVectorsTests
{
    private readonly ModelBuilder builder = new();

    [Fact]
    public void Layers_that_share_a_vector_get_one_each()
    {
        var bias = Vector(8);
        var x = builder.Node("Conv", [builder.Input("x", 1, 3, 4, 4), Matrix("w1", 8, 3), bias], [1, 8, 4, 4]);
        x = builder.Node("Conv", [x, Matrix("w2", 8, 8), bias], [1, 8, 4, 4]);
        builder.Output(builder.Node("Conv", [x, Matrix("w3", 8, 8), bias], [1, 8, 4, 4]));

        var unshared = Unshare();

        string[] biases = [.. unshared.Graph.Nodes.Select(node => node.Inputs[2])];
        Assert.Equal([bias, "v/conv_2_out", "v/conv_3_out"], biases);
        Assert.All(biases, name => Assert.Same(unshared.Graph.Initializers[bias], unshared.Graph.Initializers[name]));
        Assert.Equal(["v", "v/conv_2_out", "v/conv_3_out", "w"], unshared.WithCopies(["v", "w"]));
    }

    [Fact]
    public void A_layer_that_is_applied_twice_keeps_one()
    {
        var (weights, bias, shift) = (Matrix("w1", 8, 3), Vector(8), builder.Initializer("s", [8, 1, 1], -1, 1));
        foreach (var input in new[] { builder.Input("x", 1, 3, 4, 4), builder.Input("y", 1, 3, 8, 8) })
        {
            var made = builder.Node("Conv", [input, weights, bias], [1, 8, 4, 4]);
            builder.Output(builder.Node("Add", [made, shift], [1, 8, 4, 4]));
        }

        Assert.Empty(Unshare().Origins);
    }

    [Fact]
    public void Vectors_of_additions_and_in_Constant_nodes_are_told_apart_too()
    {
        var shift = builder.Node("Constant", [], [8], ("value", new AttributeValue.Tensor(TensorData.From([8], new float[8]))));
        var x = builder.Node("Add", [builder.Input("x", 1, 8), shift], [1, 8]);
        builder.Output(builder.Node("Add", [builder.Node("Relu", [x], [1, 8]), shift], [1, 8]));

        var unshared = Unshare();

        Assert.Equal(["constant_1_out/add_2_out"], unshared.Origins.Keys);
        Assert.Equal(["constant_1_out", "constant_1_out/add_2_out"], unshared.Graph.Nodes.Where(node => node.OpType == "Add").Select(node => node.Inputs[1]));
    }

    [Fact]
    public void Matrices_numbers_and_what_leaves_the_graph_stay_shared()
    {
        var (matrix, one, shown) = (Matrix("w", 8, 8), builder.Initializer("one", [1], 1, 1), Vector(8));
        var x = builder.Node("MatMul", [builder.Input("x", 8, 8, 8, 8), matrix], [8, 8, 8, 8]);
        x = builder.Node("Add", [builder.Node("MatMul", [x, matrix], [8, 8, 8, 8]), one], [8, 8, 8, 8]);
        x = builder.Node("Add", [builder.Node("Mul", [x, one], [8, 8, 8, 8]), shown], [8, 8, 8, 8]);
        builder.Output(builder.Node("Mul", [x, shown], [8, 8, 8, 8]));
        builder.Output(shown);

        Assert.Empty(Unshare().Origins);
    }

    private UnsharedGraph Unshare() => new SharedVectors().Unshare(builder.Build().Graph);

    private string Vector(int length) => builder.Initializer("v", [length], -1, 1);

    private string Matrix(string name, int outputs, int inputs) => builder.Initializer(name, [outputs, inputs, 1, 1], -1, 1);
}
