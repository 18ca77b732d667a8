using System.Collections.Immutable;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Testing;

/// <summary>Small recurrent nets and transformers with random weights, as exporters write them. Input <c>x</c>.</summary>
public sealed class SequenceNets
{
    private const int Steps = 5;
    private const int Features = 6;
    private const int Model = 12;
    private const int Heads = 3;

    private static readonly Dictionary<string, int> Gates = new() { ["RNN"] = 1, ["GRU"] = 3, ["LSTM"] = 4 };

    private readonly ModelBuilder net;

    private SequenceNets(int opset) => net = new ModelBuilder(opset: opset);

    /// <summary>Name of each kind of net, for tests that run over all of them.</summary>
    public static ImmutableArray<string> Kinds { get; } =
    [
        "lstm-stack", "gru-both-ways", "rnn-states", "encoder", "encoder-of-fused-norms", "attention-23", "attention-that-projects", "multi-head-attention",
    ];

    /// <summary>The net of a kind.</summary>
    /// <param name="kind">One of <see cref="Kinds"/>.</param>
    public static OnnxModel Make(string kind)
    {
        var make = new SequenceNets(kind == "attention-23" ? 23 : 17);
        return kind switch
        {
            "lstm-stack" => make.LstmStack(),
            "gru-both-ways" => make.GruBothWays(),
            "rnn-states" => make.RnnStates(),
            "encoder" => make.Encoder(x => make.Attend(x), fusedNorm: false),
            "encoder-of-fused-norms" => make.Encoder(x => make.Attend(x), fusedNorm: true),
            "attention-23" => make.Encoder(make.AttendPlainly, fusedNorm: true),
            "attention-that-projects" => make.Encoder(make.AttendPacked, fusedNorm: true),
            "multi-head-attention" => make.Encoder(make.AttendMultiHead, fusedNorm: true),
            _ => throw new ArgumentException($"There is no net of the kind '{kind}'.", nameof(kind)),
        };
    }

    // Two LSTM layers [T, N, I], the first both ways and joined, the last step of the second into Gemm.
    private OnnxModel LstmStack()
    {
        var x = Transpose(net.Input("x", 1, Steps, Features), 1, 0, 2);
        var y = Recurrent("LSTM", x, 8, directions: 2)[0];
        y = Reshape(Transpose(y, 0, 2, 1, 3), Steps, 1, 16);
        var states = Recurrent("LSTM", y, 10, directions: 1, peepholes: true);
        net.Output(net.Gemm(Reshape(states[1], 1, 10), 4));
        return net.Build();
    }

    // Its outputs of both directions are weighted by one matrix, and its last states by another.
    private OnnxModel GruBothWays()
    {
        var x = Transpose(net.Input("x", 1, Steps, Features), 1, 0, 2);
        var outputs = Recurrent("GRU", x, 8, directions: 2, attributes: ("linear_before_reset", new AttributeValue.Int(1)));
        var all = Reshape(Transpose(outputs[0], 0, 2, 1, 3), Steps, 1, 16);
        net.Output(Product(all, 4));
        net.Output(net.Gemm(net.Flatten(Transpose(outputs[1], 1, 0, 2)), 3));
        return net.Build();
    }

    // An encoder whose last state starts a decoder; another layer takes its state from the caller and gives it back.
    private OnnxModel RnnStates()
    {
        var x = Transpose(net.Input("x", 1, Steps, Features), 1, 0, 2);
        var state = net.Input("state", 1, 1, 7);
        var encoded = Recurrent("RNN", x, 8, directions: 1);
        var decoded = Recurrent("RNN", x, 8, directions: 1, start: encoded[1]);
        var kept = Recurrent("RNN", Reshape(decoded[0], Steps, 1, 8), 7, directions: 1, start: state);
        net.Output(kept[0]);
        net.Output(kept[1]);
        return net.Build();
    }

    // Two blocks of attention and MLP around a residual trunk [1, S, D], then the mean over the steps.
    private OnnxModel Encoder(Func<string, string> attend, bool fusedNorm)
    {
        var x = Product(net.Input("x", 1, Steps, Features), Model);
        for (var block = 0; block < 2; block++)
        {
            x = net.Add(x, attend(Normalize(x, fusedNorm)));
            var inner = Node("Erf", [Product(Normalize(x, fusedNorm), 20)]);
            x = net.Add(x, Product(inner, Model));
        }

        net.Output(Product(Node("Transpose", [Normalize(x, fusedNorm)], [1, Steps, Model], ("perm", Ints(0, 1, 2))), 4));
        return net.Build();
    }

    /// <summary>Attention of MatMul, Add, Reshape, Transpose and Softmax; values are wider than queries and keys.</summary>
    private string Attend(string x)
    {
        var (q, k, v) = (Split(Product(x, Heads * 4)), Split(Product(x, Heads * 4)), Split(Product(x, Heads * 5)));
        var scores = Node("MatMul", [q, Transpose(k, 0, 1, 3, 2)], [1, Heads, Steps, Steps]);
        scores = Node("Mul", [scores, net.Initializer(net.NewName("scale"), TensorData.From([], [0.5f]))]);
        scores = Node("Add", [scores, net.Initializer(net.NewName("mask"), [Steps, Steps], -1, 1)]);
        scores = Node("Softmax", [scores], null, ("axis", new AttributeValue.Int(-1)));
        return Project(Node("MatMul", [scores, v], [1, Heads, Steps, 5]));
    }

    private string AttendPlainly(string x) => Project(Node(
        "Attention",
        [Split(Product(x, Heads * 4)), Split(Product(x, Heads * 4)), Split(Product(x, Heads * 5))],
        [1, Heads, Steps, 5],
        ("is_causal", new AttributeValue.Int(1))));

    private string AttendPacked(string x)
    {
        var weights = net.Initializer(net.NewName("packed"), [Model, Heads * 12], -0.5f, 0.5f);
        var bias = net.Initializer(net.NewName("packed"), [Heads * 12], -0.5f, 0.5f);
        return Product(net.Fused("Attention", [x, weights, bias], [1, Steps, Heads * 4], ("num_heads", new AttributeValue.Int(Heads))), Model);
    }

    private string AttendMultiHead(string x) => Product(
        net.Fused(
            "MultiHeadAttention",
            [
                Product(x, Heads * 4), Product(x, Heads * 4), Product(x, Heads * 5),
                net.Initializer(net.NewName("bias"), [Heads * 13], -0.5f, 0.5f),
            ],
            [1, Steps, Heads * 5],
            ("num_heads", new AttributeValue.Int(Heads))),
        Model);

    // [1, S, h d] to [1, h, S, d] and back.
    private string Split(string x) => Transpose(Reshape(x, 1, Steps, Heads, net.Shape(x)[2] / Heads), 0, 2, 1, 3);

    private string Project(string x) => Product(Reshape(Transpose(x, 0, 2, 1, 3), 1, Steps, Heads * net.Shape(x)[3]), Model);

    private string[] Recurrent(
        string op, string x, int units, int directions, bool peepholes = false, string start = "", params (string, AttributeValue)[] attributes)
    {
        var name = net.NewName("cell");
        var (gates, features) = (Gates[op], net.Shape(x)[2]);
        string[] inputs =
        [
            x,
            net.Initializer($"{name}.w", [directions, gates * units, features], -0.7f, 0.7f),
            net.Initializer($"{name}.r", [directions, gates * units, units], -0.7f, 0.7f),
            net.Initializer($"{name}.b", [directions, 2 * gates * units], -0.5f, 0.5f),
            .. peepholes ? ["", "", "", net.Initializer($"{name}.p", [directions, 3 * units], -0.5f, 0.5f)] : start.Length > 0 ? ["", start] : Array.Empty<string>(),
        ];
        int[]?[] shapes = [[Steps, directions, 1, units], [directions, 1, units], .. op == "LSTM" ? new int[]?[] { [directions, 1, units] } : []];
        return net.Nodes(
            op, inputs, shapes,
            [
                ("hidden_size", new AttributeValue.Int(units)),
                ("direction", new AttributeValue.Text(directions == 2 ? "bidirectional" : "forward")),
                .. attributes,
            ]);
    }

    private string Normalize(string x, bool fused)
    {
        var name = net.NewName("norm");
        var (scale, shift) = (net.Initializer($"{name}.scale", [Model], 0.5f, 1.5f), net.Initializer($"{name}.shift", [Model], -0.3f, 0.3f));
        if (fused)
        {
            return Node("LayerNormalization", [x, scale, shift], null, ("axis", new AttributeValue.Int(-1)));
        }

        string Mean(string value) => Node("ReduceMean", [value], [1, Steps, 1], ("axes", Ints(-1)));
        var centred = Node("Sub", [x, Mean(x)]);
        var spread = Mean(Node("Mul", [centred, centred]));
        spread = Node("Sqrt", [Node("Add", [spread, net.Initializer($"{name}.epsilon", TensorData.From([], [1e-5f]))])]);
        return Node("Add", [Node("Mul", [Node("Div", [centred, spread]), scale]), shift]);
    }

    // MatMul and Add.
    private string Product(string x, int features)
    {
        var name = net.NewName("linear");
        var from = net.Shape(x)[^1];
        var y = Node("MatMul", [x, net.Initializer($"{name}.w", [from, features], -0.5f, 0.5f)], [.. net.Shape(x)[..^1], features]);
        return Node("Add", [y, net.Initializer($"{name}.b", [features], -0.3f, 0.3f)]);
    }

    private string Reshape(string x, params int[] shape) => Node(
        "Reshape",
        [x, net.Initializer(net.NewName("shape"), TensorData.From([shape.Length], Array.ConvertAll(shape, extent => (long)extent)))],
        shape);

    private string Transpose(string x, params int[] order) =>
        Node("Transpose", [x], [.. order.Select(axis => net.Shape(x)[axis])], ("perm", Ints([.. order.Select(axis => (long)axis)])));

    private string Node(string opType, string[] inputs, int[]? shape = null, params (string, AttributeValue)[] attributes) =>
        net.Node(opType, inputs, shape ?? [.. net.Shape(inputs[0])], attributes);

    private static AttributeValue.Ints Ints(params long[] values) => new([.. values]);
}
