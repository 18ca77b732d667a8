using System.Collections.Immutable;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx;

namespace ModelSlim.Testing;

/// <summary>Small recurrent nets and transformers of fused operators, with random weights. Input <c>x</c>.</summary>
public sealed class SequenceNets
{
    private const int Steps = SequenceParts.Steps;
    private const int Width = SequenceParts.Width;
    private const int Heads = 3;

    private static readonly Dictionary<string, int> Gates = new() { ["RNN"] = 1, ["GRU"] = 3, ["LSTM"] = 4 };

    private readonly ModelBuilder net;
    private readonly SequenceParts parts;

    private SequenceNets(int opset)
    {
        net = new ModelBuilder(opset: opset);
        parts = new SequenceParts(net);
    }

    /// <summary>Name of each kind of net, for tests that run over all of them.</summary>
    public static ImmutableArray<string> Kinds { get; } =
        ["lstm-stack", "gru-both-ways", "rnn-states", "attention-23", "attention-that-projects", "multi-head-attention"];

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
            "attention-23" => make.parts.Encoder(make.AttendPlainly),
            "attention-that-projects" => make.parts.Encoder(make.AttendPacked),
            "multi-head-attention" => make.parts.Encoder(make.AttendMultiHead),
            _ => throw new ArgumentException($"There is no net of the kind '{kind}'.", nameof(kind)),
        };
    }

    // Two LSTM layers [T, N, I], the first both ways and joined, the last step of the second into Gemm.
    private OnnxModel LstmStack()
    {
        var y = Recurrent("LSTM", Input(), 8, directions: 2)[0];
        y = parts.Reshape(parts.Transpose(y, 0, 2, 1, 3), Steps, 1, 16);
        var states = Recurrent("LSTM", y, 10, directions: 1, peepholes: true);
        net.Output(net.Gemm(parts.Reshape(states[1], 1, 10), 4));
        return net.Build();
    }

    // Its outputs of both directions are weighted by one matrix, and its last states by another.
    private OnnxModel GruBothWays()
    {
        var outputs = Recurrent("GRU", Input(), 8, directions: 2, attributes: ("linear_before_reset", new AttributeValue.Int(1)));
        net.Output(parts.Product(parts.Reshape(parts.Transpose(outputs[0], 0, 2, 1, 3), Steps, 1, 16), 4));
        net.Output(net.Gemm(net.Flatten(parts.Transpose(outputs[1], 1, 0, 2)), 3));
        return net.Build();
    }

    // An encoder whose last state starts a decoder; another layer takes its state from the caller and gives it back.
    private OnnxModel RnnStates()
    {
        var x = Input();
        var state = net.Input("state", 1, 1, 7);
        var encoded = Recurrent("RNN", x, 8, directions: 1);
        var decoded = Recurrent("RNN", x, 8, directions: 1, start: encoded[1]);
        var kept = Recurrent("RNN", parts.Reshape(decoded[0], Steps, 1, 8), 7, directions: 1, start: state);
        net.Output(kept[0]);
        net.Output(kept[1]);
        return net.Build();
    }

    private string Input() => parts.Transpose(net.Input("x", 1, Steps, SequenceParts.Features), 1, 0, 2);

    private string AttendPlainly(string x) => parts.Project(parts.Node(
        "Attention",
        [
            parts.Split(parts.Product(x, Heads * 4), Heads), parts.Split(parts.Product(x, Heads * 4), Heads),
            parts.Split(parts.Product(x, Heads * 5), Heads),
        ],
        [1, Heads, Steps, 5],
        ("is_causal", new AttributeValue.Int(1))));

    private string AttendPacked(string x)
    {
        var weights = net.Initializer(net.NewName("packed"), [Width, Heads * 12], -0.5f, 0.5f);
        var bias = net.Initializer(net.NewName("packed"), [Heads * 12], -0.5f, 0.5f);
        return parts.Product(net.Fused("Attention", [x, weights, bias], [1, Steps, Heads * 4], ("num_heads", new AttributeValue.Int(Heads))), Width);
    }

    private string AttendMultiHead(string x) => parts.Product(
        net.Fused(
            "MultiHeadAttention",
            [
                parts.Product(x, Heads * 4), parts.Product(x, Heads * 4), parts.Product(x, Heads * 5),
                net.Initializer(net.NewName("bias"), [Heads * 13], -0.5f, 0.5f),
            ],
            [1, Steps, Heads * 5],
            ("num_heads", new AttributeValue.Int(Heads))),
        Width);

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
}
