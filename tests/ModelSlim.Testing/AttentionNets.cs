using System.Collections.Immutable;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Testing;

/// <summary>
/// Small transformers as exporters write them, of products, Reshape, Transpose and Softmax, with random weights. Input <c>x</c>.
/// </summary>
public sealed class AttentionNets
{
    private const int Heads = 3;

    private readonly ModelBuilder net = new();
    private readonly SequenceParts parts;

    private AttentionNets() => parts = new SequenceParts(net);

    /// <summary>Name of each kind of net, for tests that run over all of them.</summary>
    public static ImmutableArray<string> Kinds { get; } =
    [
        "encoder", "encoder-of-fused-norms", "packed-split", "packed-slices", "packed-in-five-axes", "shared-keys", "rotations", "windows",
        "tied-embedding",
    ];

    /// <summary>The net of a kind.</summary>
    /// <param name="kind">One of <see cref="Kinds"/>.</param>
    public static OnnxModel Make(string kind)
    {
        var make = new AttentionNets();
        return kind switch
        {
            "encoder" => make.parts.Encoder(make.Attend, fusedNorm: false),
            "encoder-of-fused-norms" => make.parts.Encoder(make.Attend),
            "packed-split" => make.parts.Encoder(make.AttendSplit),
            "packed-slices" => make.parts.Encoder(make.AttendSlices),
            "packed-in-five-axes" => make.parts.Encoder(make.AttendFiveAxes),
            "shared-keys" => make.parts.Encoder(make.AttendSharedKeys),
            "rotations" => make.parts.Encoder(make.AttendTurned),
            "windows" => make.Windows(),
            "tied-embedding" => make.TiedEmbedding(),
            _ => throw new ArgumentException($"There is no net of the kind '{kind}'.", nameof(kind)),
        };
    }

    // Values are wider than queries and keys.
    private string Attend(string x) => parts.Attend(
        parts.Split(parts.Product(x, Heads * 4), Heads), parts.Split(parts.Product(x, Heads * 4), Heads), parts.Split(parts.Product(x, Heads * 5), Heads));

    // One product for all three, parted by Split.
    private string AttendSplit(string x)
    {
        var packed = parts.Product(x, Heads * 13);
        int[] Shape(int width) => [1, net.Shape(x)[1], Heads * width];
        var split = net.Nodes(
            "Split", [packed, parts.Sizes(Heads * 4, Heads * 4, Heads * 5)], [Shape(4), Shape(4), Shape(5)], ("axis", new AttributeValue.Int(-1)));
        return parts.Attend(parts.Split(split[0], Heads), parts.Split(split[1], Heads), parts.Split(split[2], Heads));
    }

    // One product for all three, parted by Slice.
    private string AttendSlices(string x)
    {
        var packed = parts.Product(x, Heads * 13);
        string Part(int from, int to) => parts.Split(parts.Slice(packed, 2, Heads * from, Heads * to), Heads);
        return parts.Attend(Part(0, 4), Part(4, 8), Part(8, 13));
    }

    // [1, S, 3 h d] to [1, S, 3, h, d] to [3, 1, h, S, d], parted by Gather: one width for all three.
    private string AttendFiveAxes(string x)
    {
        var steps = net.Shape(x)[1];
        var packed = parts.Transpose(parts.Reshape(parts.Product(x, 3 * Heads * 4), 1, steps, 3, Heads, 4), 2, 0, 3, 1, 4);
        string Part(long place) => parts.Node(
            "Gather", [packed, net.Initializer(net.NewName("place"), TensorData.From([], [place]))], [1, Heads, steps, 4], ("axis", new AttributeValue.Int(0)));
        return parts.Attend(Part(0), Part(1), Part(2));
    }

    // Two heads of keys and values, each for two heads of queries.
    private string AttendSharedKeys(string x)
    {
        string Shared(string value)
        {
            var (steps, width) = (net.Shape(value)[1], net.Shape(value)[2] / 2);
            var heads = parts.Node("Unsqueeze", [parts.Split(value, 2), parts.Sizes(2)], [1, 2, 1, steps, width]);
            return parts.Reshape(parts.Node("Expand", [heads, parts.Sizes(1, 2, 2, steps, width)], [1, 2, 2, steps, width]), 1, 4, steps, width);
        }

        return parts.Attend(parts.Split(parts.Product(x, 16), 4), Shared(parts.Product(x, 8)), Shared(parts.Product(x, 10)));
    }

    // Queries and keys are turned by their places: halves of a head are pairs.
    private string AttendTurned(string x)
    {
        var steps = net.Shape(x)[1];
        var (cosine, sine) = (net.Initializer(net.NewName("cosine"), [steps, 4], -1, 1), net.Initializer(net.NewName("sine"), [steps, 4], -1, 1));
        string Turn(string value)
        {
            var other = net.Concat(3, parts.Node("Neg", [parts.Slice(value, 3, 2, 4)]), parts.Slice(value, 3, 0, 2));
            return net.Add(parts.Node("Mul", [value, cosine]), parts.Node("Mul", [other, sine]));
        }

        return parts.Attend(
            Turn(parts.Split(parts.Product(x, Heads * 4), Heads)), Turn(parts.Split(parts.Product(x, Heads * 4), Heads)),
            parts.Split(parts.Product(x, Heads * 5), Heads));
    }

    // A picture [1, 4, 4, D] is rolled and cut into windows of 2 x 2, which attend by themselves, with a bias for each head.
    private OnnxModel Windows()
    {
        const int Width = SequenceParts.Width;
        var x = parts.Product(net.Input("x", 1, 4, 4, SequenceParts.Features), Width);
        var rolled = net.Concat(1, parts.Slice(x, 1, 1, 4), parts.Slice(x, 1, 0, 1));
        var windows = parts.Reshape(parts.Transpose(parts.Reshape(rolled, 1, 2, 2, 2, 2, Width), 0, 1, 3, 2, 4, 5), 4, 4, Width);
        var bias = net.Initializer("bias", [1, Heads, 4, 4], -1, 1);
        var y = parts.Block(windows, value => parts.Attend(
            parts.Split(parts.Product(value, Heads * 4), Heads), parts.Split(parts.Product(value, Heads * 4), Heads),
            parts.Split(parts.Product(value, Heads * 4), Heads), bias));
        y = parts.Reshape(parts.Transpose(parts.Reshape(y, 1, 2, 2, 2, 2, Width), 0, 1, 3, 2, 4, 5), 1, 4, 4, Width);
        net.Output(parts.Product(net.Add(x, net.Concat(1, parts.Slice(y, 1, 3, 4), parts.Slice(y, 1, 0, 3))), 3));
        return net.Build();
    }

    // Words are places in a table, and the table weighs what comes out.
    private OnnxModel TiedEmbedding()
    {
        const int Words = 9;
        var scaled = parts.Node("Mul", [parts.Node("Abs", [net.Input("x", 1, SequenceParts.Steps)]), net.Initializer("words", TensorData.From([], [Words - 0.1f]))]);
        var places = parts.Node("Cast", [scaled], null, ("to", new AttributeValue.Int((int)ElementType.Int64)));
        var table = net.Initializer("table", [Words, SequenceParts.Width], -1, 1);
        var x = parts.Node("Gather", [table, places], [1, SequenceParts.Steps, SequenceParts.Width]);
        x = parts.Block(x, Attend);
        net.Output(parts.Node("MatMul", [parts.Normalize(x, true), parts.Transpose(table, 1, 0)], [1, SequenceParts.Steps, Words]));
        return net.Build();
    }
}
