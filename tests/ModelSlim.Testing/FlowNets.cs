using System.Collections.Immutable;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Testing;

/// <summary>Nets with control flow as exporters of scripts write it. Input x [N, 3, 8, 8], two Conv of 16 channels, output of 4 channels.</summary>
public static class FlowNets
{
    private static readonly ImmutableArray<int> Inside = [1, 16, 8, 8];

    /// <summary>An If that squeezes where the extent of an axis is 1, as traced scripts squeeze; both branches give 16 features.</summary>
    /// <param name="axis">The axis whose extent is asked: 0 is the batch, 1 the channels, 2 the height.</param>
    /// <param name="batch">Symbol of the batch axis.</param>
    public static OnnxModel AskedSize(int axis, string? batch = null) => Net(batch, (net, x) =>
    {
        var size = net.Node("Gather", [net.Node("Shape", [x]), Number(net, "axis", axis)], []);
        return If(net, net.Node("Equal", [size, Number(net, "one", axis == 2 ? 8 : 1)], []), x);
    });

    /// <summary>An If that hangs on what is in the picture, or on how much of it is not zero.</summary>
    /// <param name="counts">True where places that are not zero are counted.</param>
    public static OnnxModel AskedElements(bool counts) => Net(null, (net, x) =>
    {
        var asked = counts
            ? net.Node("Equal", [net.Node("Gather", [net.Node("Shape", [net.Node("NonZero", [x])]), Number(net, "last", 1)], []), Number(net, "none", 0)], [])
            : net.Node("Less", [net.Node("ReduceMax", [x], [], ("keepdims", new AttributeValue.Int(0))), net.Initializer("bound", TensorData.From([], [0f]))], []);
        return If(net, asked, x);
    });

    /// <summary>An If that hangs on what is in the picture; the branch that made pictures do not take gives twice as many rows.</summary>
    public static OnnxModel Stacked() => Net(null, (net, x) => net.Node(
        "If",
        [net.Node("Less", [net.Node("ReduceMax", [x], [], ("keepdims", new AttributeValue.Int(0))), net.Initializer("bound", TensorData.From([], [0f]))], [])],
        [.. Inside],
        ("then_branch", new AttributeValue.Subgraph(Body(
            [],
            [new Node { OpType = "Concat", Inputs = [x, x], Outputs = ["then"] }.With("axis", new AttributeValue.Int(2))],
            ["then"]))),
        ("else_branch", new AttributeValue.Subgraph(Body([], [new Node { OpType = "Neg", Inputs = [x], Outputs = ["else"] }], ["else"])))));

    /// <summary>An If that hangs on what is in the picture, whose branches are all there is and read weights that the graph around them stores.</summary>
    public static OnnxModel WeightsOutside()
    {
        var net = new ModelBuilder(5, 17);
        var x = net.Input("x", 1, 3, 8, 8);
        var (wide, narrow) = (net.Initializer("wide", [16, 3, 3, 3], -0.2f, 0.2f), net.Initializer("narrow", [4, 16, 3, 3], -0.2f, 0.2f));
        var asked = net.Node("Less", [net.Node("ReduceMax", [x], [], ("keepdims", new AttributeValue.Int(0))), net.Initializer("bound", TensorData.From([], [0f]))], []);
        Graph Branch(string name, string activation) => Body(
            [],
            [
                new Node { OpType = "Conv", Inputs = [x, wide], Outputs = [$"{name}1"] },
                new Node { OpType = activation, Inputs = [$"{name}1"], Outputs = [$"{name}2"] },
                new Node { OpType = "Conv", Inputs = [$"{name}2", narrow], Outputs = [name] },
            ],
            [name]);
        net.Output(net.Node(
            "If", [asked], [1, 4, 4, 4],
            ("then_branch", new AttributeValue.Subgraph(Branch("then", "Relu"))), ("else_branch", new AttributeValue.Subgraph(Branch("else", "Sigmoid")))));
        return net.Build();
    }

    /// <summary>
    /// An If that hangs on what is in the picture, with a Conv [8, 16, 1, 1] on one way, behind two Conv of 24 and 16 channels that nothing
    /// else reads, and a Conv [8, 16, 3, 3] on the other.
    /// </summary>
    public static OnnxModel Ways() => Net(null, (net, x) =>
    {
        var asked = net.Node("Less", [net.Node("ReduceMax", [x], [], ("keepdims", new AttributeValue.Int(0))), net.Initializer("bound", TensorData.From([], [0f]))], []);
        var aside = net.Conv(net.Relu(net.Conv(x, 24, kernel: 3, pad: 1)), 16, 1);
        Graph Branch(string name, string read, int kernel) => Body(
            [],
            [new Node { OpType = "Conv", Inputs = [read, $"{name}.weight"], Outputs = [name] }.With("pads", new AttributeValue.Ints([.. Enumerable.Repeat((long)kernel / 2, 4)]))],
            [name]) with
        {
            Initializers = ImmutableDictionary<string, TensorData>.Empty.Add(
                $"{name}.weight", TensorData.From([8, 16, kernel, kernel], net.Random($"{name}.weight", [8, 16, kernel, kernel], -0.2f, 0.2f))),
        };
        return net.Node(
            "If", [asked], [1, 8, 8, 8],
            ("then_branch", new AttributeValue.Subgraph(Branch("then", aside, 1))), ("else_branch", new AttributeValue.Subgraph(Branch("else", x, 3))));
    });

    /// <summary>The net of <see cref="Ways"/>, in whose second branch another If decides between the Conv there and none, by something else.</summary>
    public static OnnxModel WaysInWay()
    {
        var model = Ways();
        var way = model.Graph.Nodes.First(node => node.OpType == "If");
        var branch = ((AttributeValue.Subgraph)way.Attributes["else_branch"]).Value;
        var read = branch.Nodes[0].Inputs[0];
        Graph Inner(string name, params ImmutableArray<Node> nodes) => Body([], nodes, [name]);
        var inner = Inner(
            "inner",
            new Node { OpType = "ReduceMean", Inputs = [read], Outputs = ["mean"] }.With("keepdims", new AttributeValue.Int(0)),
            new Node { OpType = "Less", Inputs = ["mean", "bound"], Outputs = ["asked"] },
            new Node { OpType = "If", Inputs = ["asked"], Outputs = ["inner"] }
                .With("then_branch", new AttributeValue.Subgraph(branch))
                .With("else_branch", new AttributeValue.Subgraph(Inner(
                    "half",
                    new Node { OpType = "Split", Inputs = [read], Outputs = ["half", "rest"] }.With("axis", new AttributeValue.Int(1))))));
        return model.With(model.Graph with
        {
            Nodes = model.Graph.Nodes.Replace(way, way.With("else_branch", new AttributeValue.Subgraph(inner))),
        });
    }

    /// <summary>A Loop of three turns, with weights inside, that adds to x and puts out what it has, stacked; then the stack is summed up.</summary>
    /// <param name="endsEarly">True where a turn says whether there is another one.</param>
    /// <param name="opset">Version of the ONNX operators.</param>
    public static OnnxModel Turns(bool endsEarly, int opset = 17) => Net(null, opset, (net, x) =>
    {
        var weights = TensorData.From([16, 16, 1, 1], net.Random("turn_weights", [16, 16, 1, 1], -0.2f, 0.2f));
        var go = new Node { OpType = "Identity", Inputs = ["go"], Outputs = ["goes_on"] };
        var stop = new Node { OpType = "Less", Inputs = ["turn", "two"], Outputs = ["goes_on"] };
        var body = Body(
            [Value("turn", ElementType.Int64), Value("go", ElementType.Bool), Value("before", ElementType.Float)],
            [
                new Node { OpType = "Conv", Inputs = ["before", "weights"], Outputs = ["turned"] },
                new Node { OpType = "Add", Inputs = ["before", "turned"], Outputs = ["after"] },
                new Node { OpType = "Relu", Inputs = ["turned"], Outputs = ["shown"] },
                endsEarly ? stop : go,
            ],
            ["goes_on", "after", "shown"]) with
        {
            Initializers = ImmutableDictionary<string, TensorData>.Empty.Add("two", TensorData.From([], [2L])).Add("weights", weights),
        };
        var made = net.Nodes(
            "Loop", [Number(net, "turns", 3), Truth(net), x], [[.. Inside], [3, .. Inside]], ("body", new AttributeValue.Subgraph(body)));
        var summed = opset < 13
            ? net.Node("ReduceSum", [made[1]], [.. Inside], ("axes", new AttributeValue.Ints([0])), ("keepdims", new AttributeValue.Int(0)))
            : net.Node("ReduceSum", [made[1], net.Initializer("first", TensorData.From([1], [0L]))], [.. Inside], ("keepdims", new AttributeValue.Int(0)));
        return net.Add(made[0], summed);
    });

    /// <summary>A Loop that slices x and inserts the slices into a sequence, which is read by place, as a script's tensor_split does.</summary>
    public static OnnxModel SlicedInLoop() => Net(null, (net, x) =>
    {
        var body = Body(
            [Value("turn", ElementType.Int64), Value("go", ElementType.Bool), new GraphValue("list", ElementType.Undefined, default)],
            [
                new Node { OpType = "Mul", Inputs = ["turn", "four"], Outputs = ["from"] },
                new Node { OpType = "Add", Inputs = ["from", "four"], Outputs = ["to"] },
                new Node { OpType = "Slice", Inputs = [x, "from", "to", "channels"], Outputs = ["slice"] },
                new Node { OpType = "SequenceInsert", Inputs = ["list", "slice"], Outputs = ["longer"] },
                new Node { OpType = "Cast", Inputs = ["go"], Outputs = ["goes_on"] }.With("to", new AttributeValue.Int((int)ElementType.Bool)),
            ],
            ["goes_on", "longer"]) with
        {
            Initializers = ImmutableDictionary<string, TensorData>.Empty
                .Add("four", TensorData.From([1], [4L])).Add("channels", TensorData.From([1], [1L])),
        };
        body = body with { Inputs = body.Inputs.SetItem(0, new GraphValue("turn", ElementType.Int64, [new Dimension(1, null)])) };
        var list = net.Node("Loop", [Number(net, "turns", 4), Truth(net), net.Node("SequenceEmpty", [])], null, ("body", new AttributeValue.Subgraph(body)));
        string At(int place) => net.Node("SequenceAt", [list, Number(net, $"place{place}", place)], [1, 4, 8, 8]);
        return net.Concat(1, At(0), At(1), At(-2), At(-1));
    });

    /// <summary>A sequence made of parts of x, one inserted, one erased, counted, and put together again.</summary>
    /// <param name="isNew">True where the parts are put together on a new axis, which is summed up.</param>
    public static OnnxModel Sequence(bool isNew) => Net(null, (net, x) =>
    {
        var parts = isNew
            ? net.Node("SplitToSequence", [x, Number(net, "size", 16)], null, ("axis", new AttributeValue.Int(1)))
            : net.Node("SplitToSequence", [x, net.Initializer("sizes", TensorData.From([2], [12L, 4L]))], null, ("axis", new AttributeValue.Int(1)));
        parts = net.Node("SequenceInsert", [parts, net.Relu(x), Number(net, "second", 1)]);
        parts = isNew ? parts : net.Node("SequenceErase", [parts, Number(net, "erased", 1)]);
        var scale = net.Node("Cast", [net.Node("SequenceLength", [parts], [])], [], ("to", new AttributeValue.Int((int)ElementType.Float)));
        if (!isNew)
        {
            return net.Node("Mul", [net.Node("ConcatFromSequence", [parts], [.. Inside], ("axis", new AttributeValue.Int(1))), scale], [.. Inside]);
        }

        var stack = net.Node("ConcatFromSequence", [parts], [2, .. Inside], ("axis", new AttributeValue.Int(0)), ("new_axis", new AttributeValue.Int(1)));
        stack = net.Node("Mul", [stack, scale], [2, .. Inside]);
        return net.Node("ReduceSum", [stack, net.Initializer("first", TensorData.From([1], [0L]))], [.. Inside], ("keepdims", new AttributeValue.Int(0)));
    });

    private static OnnxModel Net(string? batch, Func<ModelBuilder, string, string> between) => Net(batch, 17, between);

    private static OnnxModel Net(string? batch, int opset, Func<ModelBuilder, string, string> between)
    {
        var net = new ModelBuilder(5, opset, batch);
        var x = net.Relu(net.Conv(net.Input("x", 1, 3, 8, 8), 16, kernel: 3, pad: 1));
        net.Output(net.Conv(net.Relu(net.Conv(between(net, x), 16, kernel: 3, pad: 1)), 4, 1));
        return net.Build();
    }

    private static string If(ModelBuilder net, string condition, string x) => net.Node(
        "If", [condition], [.. Inside],
        ("then_branch", new AttributeValue.Subgraph(Body([], [new Node { OpType = "Neg", Inputs = [x], Outputs = ["then"] }], ["then"]))),
        ("else_branch", new AttributeValue.Subgraph(Body([], [new Node { OpType = "Sigmoid", Inputs = [x], Outputs = ["else"] }], ["else"]))));

    private static Graph Body(ImmutableArray<GraphValue> inputs, ImmutableArray<Node> nodes, ImmutableArray<string> outputs) => new()
    {
        Name = "body",
        Inputs = inputs,
        Outputs = [.. outputs.Select(output => new GraphValue(output, ElementType.Undefined, default))],
        Nodes = nodes,
        Initializers = ImmutableDictionary<string, TensorData>.Empty,
        Opsets = ImmutableSortedDictionary<string, int>.Empty,
    };

    private static GraphValue Value(string name, ElementType type) => new(name, type, type == ElementType.Float ? default : []);

    private static string Number(ModelBuilder net, string name, long value) => net.Initializer(name, TensorData.From([], [value]));

    private static string Truth(ModelBuilder net) => net.Initializer("true", TensorData.From(ElementType.Bool, [], [1f]));
}
