using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Tensors;
using ModelSlim.Testing;

namespace ModelSlim.Emulation;

/// <summary>Nets of the size at which the cost of a numerics class shows.</summary>
internal static class CostNets
{
    private const int Tokens = 64;
    private const int Width = 128;
    private const int Heads = 4;

    /// <summary>The nets, by name.</summary>
    public static IReadOnlyDictionary<string, Func<OnnxModel>> All { get; } = new SortedDictionary<string, Func<OnnxModel>>(StringComparer.Ordinal)
    {
        ["convolutions"] = Convolutions,
        ["perceptron"] = Perceptron,
        ["transformer"] = Transformer,
    };

    private static OnnxModel Convolutions()
    {
        var net = new ModelBuilder();
        var x = net.Relu(net.Conv(net.Input("x", 1, 3, 32, 32), 32, 3, pad: 1));
        x = net.Relu(net.Conv(x, 64, 3, stride: 2, pad: 1));
        x = net.Relu(net.Conv(x, 64, 3, pad: 1));
        net.Output(net.Gemm(net.Flatten(net.GlobalAveragePool(x)), 10));
        return net.Build();
    }

    private static OnnxModel Perceptron()
    {
        var net = new ModelBuilder();
        var x = net.Relu(net.Gemm(net.Input("x", 1, 784), 512));
        x = net.Relu(net.Gemm(net.Relu(net.Gemm(x, 512)), 256));
        net.Output(net.Gemm(x, 10));
        return net.Build();
    }

    private static OnnxModel Transformer()
    {
        var net = new ModelBuilder();
        var x = net.Input("x", 1, Tokens, Width);
        for (var block = 0; block < 2; block++)
        {
            x = net.Add(x, Linear(net, Attend(net, Normal(net, x)), Width));
            var wide = Linear(net, Normal(net, x), 4 * Width);
            x = net.Add(x, Linear(net, net.Relu(wide), Width));
        }

        var pooled = net.Node("ReduceMean", [x], [1, Width], ("axes", Ints(1)), ("keepdims", new AttributeValue.Int(0)));
        net.Output(net.Gemm(pooled, 10));
        return net.Build();
    }

    private static string Attend(ModelBuilder net, string x)
    {
        string Split(string value, params long[] order) => net.Node(
            "Transpose",
            [net.Node("Reshape", [value, Shape(net, 0, Tokens, Heads, Width / Heads)], [1, Tokens, Heads, Width / Heads])],
            null,
            ("perm", Ints(order)));
        var scores = net.Node("MatMul", [Split(Linear(net, x, Width), 0, 2, 1, 3), Split(Linear(net, x, Width), 0, 2, 3, 1)]);
        var scale = net.Initializer(net.NewName("scale"), TensorData.From([], [1 / MathF.Sqrt(Width / Heads)]));
        var weights = net.Node("Softmax", [net.Node("Mul", [scores, scale])], null, ("axis", new AttributeValue.Int(-1)));
        var mixed = net.Node("MatMul", [weights, Split(Linear(net, x, Width), 0, 2, 1, 3)]);
        return net.Node("Reshape", [net.Node("Transpose", [mixed], null, ("perm", Ints(0, 2, 1, 3))), Shape(net, 0, Tokens, Width)], [1, Tokens, Width]);
    }

    private static string Linear(ModelBuilder net, string x, int outputs)
    {
        var (name, inputs) = (net.NewName("linear"), net.Shape(x)[^1]);
        var bound = 1 / MathF.Sqrt(inputs);
        int[] shape = [.. net.Shape(x)[..^1], outputs];
        return net.Node("Add", [net.Node("MatMul", [x, net.Initializer($"{name}.w", [inputs, outputs], -bound, bound)], shape), net.Initializer($"{name}.b", [outputs], -0.1f, 0.1f)], shape);
    }

    private static string Normal(ModelBuilder net, string x)
    {
        var name = net.NewName("norm");
        return net.Node(
            "LayerNormalization", [x, net.Initializer($"{name}.scale", [Width], 0.5f, 1.5f), net.Initializer($"{name}.shift", [Width], -0.1f, 0.1f)], [.. net.Shape(x)]);
    }

    private static string Shape(ModelBuilder net, params long[] extents) =>
        net.Initializer(net.NewName("shape"), TensorData.From([extents.Length], extents));

    private static AttributeValue Ints(params long[] values) => new AttributeValue.Ints([.. values]);
}
