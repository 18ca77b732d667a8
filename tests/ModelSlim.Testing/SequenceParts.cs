using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Testing;

/// <summary>The parts that recurrent nets and transformers are made of: values [1, S, D] and heads [1, h, S, d].</summary>
internal sealed class SequenceParts(ModelBuilder net)
{
    public const int Steps = 5;
    public const int Features = 6;
    public const int Width = 12;

    private const int Hidden = 20;

    public ModelBuilder Net { get; } = net;

    /// <summary>Two blocks of attention and MLP around a residual trunk, from input <c>x</c>; the output has 4 features a step.</summary>
    public OnnxModel Encoder(Func<string, string> attend, bool fusedNorm = true)
    {
        var x = Product(Net.Input("x", 1, Steps, Features), Width);
        for (var block = 0; block < 2; block++)
        {
            x = Block(x, attend, fusedNorm);
        }

        Net.Output(Product(Normalize(x, fusedNorm), 4));
        return Net.Build();
    }

    /// <summary>Attention and MLP around a residual trunk.</summary>
    public string Block(string x, Func<string, string> attend, bool fusedNorm = true)
    {
        x = Net.Add(x, attend(Normalize(x, fusedNorm)));
        return Net.Add(x, Product(Node("Erf", [Product(Normalize(x, fusedNorm), Hidden)]), Width));
    }

    /// <summary>Scores of queries and keys, scaled, masked, through Softmax, times values; heads joined and projected.</summary>
    public string Attend(string q, string k, string v, string? mask = null)
    {
        var scores = Node("MatMul", [q, Transpose(k, 0, 1, 3, 2)], [.. Net.Shape(q)[..3], Net.Shape(k)[2]]);
        scores = Node("Mul", [scores, Net.Initializer(Net.NewName("scale"), TensorData.From([], [0.5f]))]);
        scores = Node("Add", [scores, mask ?? Net.Initializer(Net.NewName("mask"), Net.Shape(scores)[2..], -1, 1)]);
        scores = Node("Softmax", [scores], null, ("axis", new AttributeValue.Int(-1)));
        return Project(Node("MatMul", [scores, v], [.. Net.Shape(scores)[..3], Net.Shape(v)[3]]));
    }

    /// <summary>[B, S, h d] to [B, h, S, d].</summary>
    public string Split(string x, int heads) =>
        Transpose(Reshape(x, Net.Shape(x)[0], Net.Shape(x)[1], heads, Net.Shape(x)[2] / heads), 0, 2, 1, 3);

    /// <summary>[B, h, S, d] to [B, S, D].</summary>
    public string Project(string x)
    {
        var shape = Net.Shape(x);
        return Product(Reshape(Transpose(x, 0, 2, 1, 3), shape[0], shape[2], shape[1] * shape[3]), Width);
    }

    /// <summary>LayerNormalization, in one node or in nine.</summary>
    public string Normalize(string x, bool fused)
    {
        var name = Net.NewName("norm");
        var (scale, shift) = (Net.Initializer($"{name}.scale", [Width], 0.5f, 1.5f), Net.Initializer($"{name}.shift", [Width], -0.3f, 0.3f));
        if (fused)
        {
            return Node("LayerNormalization", [x, scale, shift], null, ("axis", new AttributeValue.Int(-1)));
        }

        string Mean(string value) => Node("ReduceMean", [value], [.. Net.Shape(value)[..^1], 1], ("axes", Ints(-1)));
        var centred = Node("Sub", [x, Mean(x)]);
        var spread = Mean(Node("Mul", [centred, centred]));
        spread = Node("Sqrt", [Node("Add", [spread, Net.Initializer($"{name}.epsilon", TensorData.From([], [1e-5f]))])]);
        return Node("Add", [Node("Mul", [Node("Div", [centred, spread]), scale]), shift]);
    }

    /// <summary>MatMul and Add.</summary>
    public string Product(string x, int features)
    {
        var name = Net.NewName("linear");
        var from = Net.Shape(x)[^1];
        var y = Node("MatMul", [x, Net.Initializer($"{name}.w", [from, features], -0.5f, 0.5f)], [.. Net.Shape(x)[..^1], features]);
        return Node("Add", [y, Net.Initializer($"{name}.b", [features], -0.3f, 0.3f)]);
    }

    public string Reshape(string x, params int[] shape) => Node("Reshape", [x, Sizes([.. shape.Select(extent => (long)extent)])], shape);

    public string Transpose(string x, params int[] order) =>
        Node("Transpose", [x], [.. order.Select(axis => Net.Shape(x)[axis])], ("perm", Ints([.. order.Select(axis => (long)axis)])));

    /// <summary>A part of one axis.</summary>
    public string Slice(string x, int axis, int from, int to) => Node(
        "Slice", [x, Sizes(from), Sizes(to), Sizes(axis)], [.. Net.Shape(x).SetItem(axis, to - from)]);

    public string Sizes(params long[] values) => Net.Initializer(Net.NewName("sizes"), TensorData.From([values.Length], values));

    public string Node(string opType, string[] inputs, int[]? shape = null, params (string, AttributeValue)[] attributes) =>
        Net.Node(opType, inputs, shape ?? [.. Net.Shape(inputs[0])], attributes);

    public static AttributeValue.Ints Ints(params long[] values) => new([.. values]);
}
