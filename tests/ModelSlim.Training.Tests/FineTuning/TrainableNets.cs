using System.Collections.Immutable;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Tensors;
using ModelSlim.Testing;

namespace ModelSlim.Training.Tests.FineTuning;

/// <summary>Small nets of kinds that convolutions in a row do not show, as exporters write them for a batch of 1.</summary>
internal sealed class TrainableNets
{
    private readonly ModelBuilder builder;

    private TrainableNets(long seed, int opset)
    {
        builder = new ModelBuilder(seed, opset);
    }

    public static ImmutableArray<string> Kinds { get; } =
        ["segmentation", "transformer", "sequence-first", "recurrent", "detector", "normalized", "half", "mixed"];

    public static OnnxModel Make(string kind, long seed) => kind switch
    {
        "segmentation" => new TrainableNets(seed, 17).Segmentation(),
        "transformer" => new TrainableNets(seed, 17).Transformer(),
        "sequence-first" => new TrainableNets(seed, 17).SequenceFirst(),
        "recurrent" => new TrainableNets(seed, 14).Recurrent(),
        "detector" => new TrainableNets(seed, 13).Detector(),
        "normalized" => new TrainableNets(seed, 13).Normalized(),
        "half" => InHalf(SmallNets.Residual(folded: true, seed)),
        "mixed" => new TrainableNets(seed, 17).Mixed(),
        _ => throw new ArgumentException($"There is no net of the kind '{kind}'.", nameof(kind)),
    };

    // Encoder and decoder with a skip: a transposed convolution, and Resize to an extent that is computed from a shape.
    private OnnxModel Segmentation()
    {
        var x = builder.Input("x", 1, 3, 8, 8);
        var outer = Slope(builder.Conv(Node("Pad", [x, Integers(0, 0, 1, 1, 0, 0, 1, 1)], [1, 3, 10, 10], ("mode", Text("reflect"))), 8, 3));
        var inner = builder.Relu(builder.Conv(builder.MaxPool(outer), 12, 3, pad: 1));
        var deep = builder.Relu(builder.Conv(builder.MaxPool(inner), 16, 3, pad: 1));
        var extents = Node("Concat", [Node("Slice", [Node("Shape", [deep], [4]), Integers(0), Integers(2)], [2]), Integers(4, 4)], [4], ("axis", Int(0)));
        var middle = Node("Resize", [deep, "", "", extents], [1, 16, 4, 4], ("mode", Text("linear")));
        middle = builder.Relu(builder.Conv(builder.Concat(1, middle, inner), 12, 3, pad: 1));
        var up = Node(
            "ConvTranspose", [middle, Random("up.w", 0.3f, 12, 8, 2, 2), Random("up.b", 0.1f, 8)], [1, 8, 8, 8], ("strides", Ints(2, 2)));
        builder.Output(Node("Sigmoid", [builder.Conv(builder.Add(up, outer), 2, 1)], [1, 2, 8, 8]));
        return builder.Build();
    }

    // A vision transformer with a class token, LayerNormalization, packed projections and GELU by Erf.
    private OnnxModel Transformer()
    {
        var x = builder.Concat(1, Random("token", 0.5f, 1, 1, 8), builder.Input("x", 1, 6, 8));
        x = Node("Add", [x, Random("positions", 0.5f, 1, 7, 8)], [1, 7, 8]);
        var packed = Linear(Normal(x, "norm_1"), "qkv", 8, 24);
        packed = Node("Transpose", [Node("Reshape", [packed, Integers(1, 7, 3, 2, 4)], [1, 7, 3, 2, 4])], [3, 1, 2, 7, 4], ("perm", Ints(2, 0, 3, 1, 4)));
        var parts = builder.Nodes("Split", [packed], [[1, 1, 2, 7, 4], [1, 1, 2, 7, 4], [1, 1, 2, 7, 4]], ("axis", Int(0)))
            .Select(part => Node("Squeeze", [part, Integers(0)], [1, 2, 7, 4])).ToArray();
        var mixed = Attend(parts[0], parts[1], parts[2], 7);
        mixed = Node("Reshape", [Node("Transpose", [mixed], [1, 7, 2, 4], ("perm", Ints(0, 2, 1, 3))), Integers(1, 7, 8)], [1, 7, 8]);
        x = builder.Add(x, Linear(mixed, "proj", 8, 8));
        x = builder.Add(x, Linear(Gelu(Linear(Normal(x, "norm_2"), "wide", 8, 16)), "narrow", 16, 8));
        builder.Output(builder.Gemm(Node("Gather", [Normal(x, "norm_3"), Integer(0)], [1, 8], ("axis", Int(1))), 10));
        return builder.Build();
    }

    // Attention as torch.nn.MultiheadAttention is exported: the batch is the second axis, and constants count it with the heads.
    private OnnxModel SequenceFirst()
    {
        var x = Node("Transpose", [builder.Input("x", 1, 6, 8)], [6, 1, 8], ("perm", Ints(1, 0, 2)));
        string Heads(string name) => Node(
            "Transpose", [Node("Reshape", [Linear(x, name, 8, 8), Integers(6, 2, 4)], [6, 2, 4])], [2, 6, 4], ("perm", Ints(1, 0, 2)));
        var mixed = Attend(Heads("q"), Heads("k"), Heads("v"), 6);
        mixed = Node("Reshape", [Node("Transpose", [mixed], [6, 2, 4], ("perm", Ints(1, 0, 2))), Integers(6, 1, 8)], [6, 1, 8]);
        var pooled = Node("ReduceMean", [Linear(mixed, "proj", 8, 8)], [1, 8], ("axes", Ints(0)), ("keepdims", Int(0)));
        builder.Output(builder.Gemm(pooled, 10));
        return builder.Build();
    }

    // LSTM in both directions whose states are expanded to the batch, then GRU, as torch exports them.
    private OnnxModel Recurrent()
    {
        var x = Node("Transpose", [builder.Input("x", 1, 5, 6)], [5, 1, 6], ("perm", Ints(1, 0, 2)));
        var count = Node("Unsqueeze", [Node("Gather", [Node("Shape", [x], [3]), Integer(1)], []), Integers(0)], [1]);
        var extents = Node("Concat", [Integers(2), count, Integers(4)], [3], ("axis", Int(0)));
        var state = Node("Expand", [builder.Initializer("rest", TensorData.From([2, 1, 4], new float[8])), extents], [2, 1, 4]);
        var made = builder.Nodes(
            "LSTM",
            [x, Random("lstm.w", 0.5f, 2, 16, 6), Random("lstm.r", 0.5f, 2, 16, 4), Random("lstm.b", 0.1f, 2, 32), "", state, state],
            [[5, 2, 1, 4], null, null],
            ("hidden_size", Int(4)), ("direction", Text("bidirectional")));
        x = Node("Reshape", [Node("Transpose", [made[0]], [5, 1, 2, 4], ("perm", Ints(0, 2, 1, 3))), Integers(0, 0, -1)], [5, 1, 8]);
        made = builder.Nodes(
            "GRU",
            [x, Random("gru.w", 0.5f, 1, 18, 8), Random("gru.r", 0.5f, 1, 18, 6), Random("gru.b", 0.1f, 1, 36)],
            [[5, 1, 1, 6], [1, 1, 6]],
            ("hidden_size", Int(6)), ("linear_before_reset", Int(1)));
        builder.Output(builder.Gemm(Node("Squeeze", [made[1], Integers(0)], [1, 6]), 10));
        return builder.Build();
    }

    // Slices in place of a strided convolution, a split block, two outputs, and boxes relative to a grid.
    private OnnxModel Detector()
    {
        var x = builder.Input("x", 1, 3, 8, 8);
        string Every(int row, int column) => Node(
            "Slice", [x, Integers(row, column), Integers(long.MaxValue, long.MaxValue), Integers(2, 3), Integers(2, 2)], [1, 3, 4, 4]);
        var y = Swish(builder.Conv(builder.Concat(1, Every(0, 0), Every(1, 0), Every(0, 1), Every(1, 1)), 16, 3, pad: 1));
        var halves = builder.Nodes("Split", [y], [[1, 8, 4, 4], [1, 8, 4, 4]], ("axis", Int(1)));
        y = builder.Concat(1, halves[0], halves[1], Swish(builder.Conv(halves[1], 8, 3, pad: 1)));
        var grid = builder.Initializer("grid", TensorData.From([1, 16, 2], [.. Enumerable.Range(0, 32).Select(i => (i / 2 % 4) + 0.5f)]));
        var places = Node("Transpose", [Node("Reshape", [builder.Conv(y, 2, 1), Integers(1, 2, 16)], [1, 2, 16])], [1, 16, 2], ("perm", Ints(0, 2, 1)));
        builder.Output(Node("Add", [places, grid], [1, 16, 2]));
        var classes = Node("Transpose", [Node("Reshape", [builder.Conv(y, 3, 1), Integers(1, 3, -1)], [1, 3, 16])], [1, 16, 3], ("perm", Ints(0, 2, 1)));
        builder.Output(Node("Sigmoid", [classes], [1, 16, 3]));
        return builder.Build();
    }

    // Group normalization as torch exports it, channel shuffle, a gate, and the older normalizations.
    private OnnxModel Normalized()
    {
        var x = builder.Conv(builder.Input("x", 1, 3, 8, 8), 8, 3, pad: 1);
        var rows = Node(
            "InstanceNormalization",
            [Node("Reshape", [x, Integers(0, 4, -1)], [1, 4, 128]), Same("ones", 1, 4), Same("zeros", 0, 4)],
            [1, 4, 128]);
        x = Node("Reshape", [rows, Node("Shape", [x], [4])], [1, 8, 8, 8]);
        x = builder.Add(Node("Mul", [x, Random("group.scale", 1, 8, 1, 1)], [1, 8, 8, 8]), Random("group.shift", 0.2f, 8, 1, 1));
        x = Node("LRN", [Node("LpPool", [x], [1, 8, 4, 4], ("kernel_shape", Ints(2, 2)), ("strides", Ints(2, 2)))], [1, 8, 4, 4], ("size", Int(3)));
        x = Node("Transpose", [Node("Reshape", [x, Integers(1, 2, 4, 4, 4)], [1, 2, 4, 4, 4])], [1, 4, 2, 4, 4], ("perm", Ints(0, 2, 1, 3, 4)));
        x = Node("Reshape", [x, Integers(1, 8, 4, 4)], [1, 8, 4, 4]);
        var gate = Node("ReduceMean", [x], [1, 8, 1, 1], ("axes", Ints(2, 3)));
        x = Node("Mul", [x, Node("HardSigmoid", [builder.Conv(gate, 8, 1)], [1, 8, 1, 1])], [1, 8, 4, 4]);
        var norm = Node("ReduceL2", [builder.Flatten(builder.GlobalAveragePool(x))], [1, 8], ("axes", Ints(1)), ("keepdims", Int(1)));
        x = Node("Div", [builder.Flatten(builder.GlobalAveragePool(x)), Node("Max", [norm, Scalar("least", 1e-3f)], [1, 1])], [1, 8]);
        builder.Output(builder.Gemm(x, 10));
        return builder.Build();
    }

    // Values of 32 bits outside, weights and values of 16 bits inside.
    private OnnxModel Mixed()
    {
        var x = Node("Cast", [builder.Input("x", 1, 12)], [1, 12], ("to", Int((int)ElementType.Float16)));
        x = builder.Relu(Node("Add", [Node("MatMul", [x, HalfOf("first", 12, 16)], [1, 16]), HalfOf("shift", 16)], [1, 16]));
        var wide = Node("Cast", [HalfOf("second", 16, 10)], [16, 10], ("to", Int((int)ElementType.Float)));
        builder.Output(Node("MatMul", [Node("Cast", [x], [1, 16], ("to", Int((int)ElementType.Float))), wide], [1, 10]));
        return builder.Build();
    }

    private static OnnxModel InHalf(OnnxModel model) => model.With(model.Graph with
    {
        Inputs = [.. model.Graph.Inputs.Select(value => value with { Type = ElementType.Float16 })],
        Outputs = [.. model.Graph.Outputs.Select(value => value with { Type = ElementType.Float16 })],
        Initializers = model.Graph.Initializers.ToImmutableDictionary(pair => pair.Key, pair => Half(pair.Value)),
    });

    private static TensorData Half(TensorData tensor) =>
        new TensorData(ElementType.Float16, tensor.Shape, new byte[2 * tensor.Length]).WithSingles(tensor.ToSingles());

    private string Attend(string query, string key, string value, int length)
    {
        int[] outer = [.. builder.Shape(query).SkipLast(2)];
        var turned = Node("Transpose", [key], [.. outer, 4, length], ("perm", outer.Length == 1 ? Ints(0, 2, 1) : Ints(0, 1, 3, 2)));
        var scores = Node("Div", [Node("MatMul", [query, turned], [.. outer, length, length]), Scalar("root", 2)], [.. outer, length, length]);
        return Node("MatMul", [Node("Softmax", [scores], [.. outer, length, length], ("axis", Int(-1))), value], [.. outer, length, 4]);
    }

    private string Gelu(string x)
    {
        int[] shape = [.. builder.Shape(x)];
        var error = Node("Erf", [Node("Div", [x, Scalar("root", 1.41421356f)], shape)], shape);
        return Node("Mul", [Node("Mul", [x, Node("Add", [error, Scalar("one", 1)], shape)], shape), Scalar("half", 0.5f)], shape);
    }

    private string Linear(string x, string name, int from, int to) => Node(
        "Add", [Node("MatMul", [x, Random($"{name}.w", 0.5f, from, to)], [.. builder.Shape(x)[..^1], to]), Random($"{name}.b", 0.1f, to)], [.. builder.Shape(x)[..^1], to]);

    private string Normal(string x, string name) => Node(
        "LayerNormalization", [x, builder.Initializer($"{name}.scale", [8], 0.5f, 1.5f), Random($"{name}.shift", 0.2f, 8)], [.. builder.Shape(x)]);

    private string Slope(string x) => Node("PRelu", [x, Random("slope", 0.3f, builder.Shape(x)[1], 1, 1)], [.. builder.Shape(x)]);

    private string Swish(string x) => Node("Mul", [x, Node("Sigmoid", [x], [.. builder.Shape(x)])], [.. builder.Shape(x)]);

    private string Node(string opType, string[] inputs, int[] shape, params (string Name, AttributeValue Value)[] attributes) =>
        builder.Node(opType, inputs, shape, attributes);

    private string Random(string name, float bound, params int[] shape) => builder.Initializer(name, [.. shape], -bound, bound);

    private string Same(string name, float value, int count) => builder.Initializer(name, TensorData.From([count], [.. Enumerable.Repeat(value, count)]));

    private string HalfOf(string name, params int[] shape) =>
        builder.Initializer(name, Half(TensorData.From([.. shape], builder.Random(name, [.. shape], -0.5f, 0.5f))));

    private string Scalar(string stem, float value) => builder.Initializer(builder.NewName(stem), TensorData.From([], [value]));

    private string Integers(params long[] values) => builder.Initializer(builder.NewName("integers"), TensorData.From([values.Length], values));

    private string Integer(long value) => builder.Initializer(builder.NewName("integer"), TensorData.From([], [value]));

    private static AttributeValue Int(long value) => new AttributeValue.Int(value);

    private static AttributeValue Ints(params long[] values) => new AttributeValue.Ints([.. values]);

    private static AttributeValue Text(string value) => new AttributeValue.Text(value);
}
