using System.Collections.Immutable;
using ModelSlim.Core.Data;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Onnx.Protobuf;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Testing;

/// <summary>
/// Makes a model in memory in a few lines. Every operator method gives the name of the value it makes, and keeps track of its
/// shape, so that the next one knows how many channels it has:
/// <code>
/// var b = new ModelBuilder();
/// var x = b.Input("x", 1, 3, 8, 8);
/// x = b.Relu(b.Conv(x, 16, kernel: 3, pad: 1));
/// b.Output(b.Gemm(b.Flatten(b.GlobalAveragePool(x)), 10));
/// OnnxModel model = b.Build();
/// </code>
/// Weights come from the seed, one stream a tensor name, scaled so that activations stay near unit size.
/// </summary>
public sealed class ModelBuilder
{
    private const string Microsoft = "com.microsoft";

    private readonly Dictionary<string, ImmutableArray<int>> shapes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> counts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TensorData> initializers = new(StringComparer.Ordinal);
    private readonly List<GraphValue> inputs = [];
    private readonly List<GraphValue> outputs = [];
    private readonly List<Node> nodes = [];
    private readonly long seed;
    private readonly int opset;
    private readonly string? batch;

    /// <summary>Starts an empty model.</summary>
    /// <param name="seed">Seed of the weights.</param>
    /// <param name="opset">Version of the ONNX operators.</param>
    /// <param name="batch">Symbol that inputs and outputs declare for their first axis; null declares the number.</param>
    public ModelBuilder(long seed = 1, int opset = 17, string? batch = null)
    {
        this.seed = seed;
        this.opset = opset;
        this.batch = batch;
    }

    /// <summary>Shape of a value made so far.</summary>
    public ImmutableArray<int> Shape(string value) => shapes[value];

    /// <summary>A float input.</summary>
    public string Input(string name, params int[] shape)
    {
        shapes[name] = [.. shape];
        inputs.Add(Declare(name));
        return name;
    }

    /// <summary>An input of token ids.</summary>
    public string Ids(string name, params int[] shape)
    {
        shapes[name] = [.. shape];
        inputs.Add(Declare(name) with { Type = ElementType.Int64 });
        return name;
    }

    /// <summary>Declares a value as an output of the model.</summary>
    public string Output(string value)
    {
        outputs.Add(Declare(value));
        return value;
    }

    /// <summary>A stored tensor.</summary>
    public string Initializer(string name, TensorData tensor)
    {
        initializers.Add(name, tensor);
        shapes[name] = tensor.Shape;
        return name;
    }

    /// <summary>A stored float tensor with values between <paramref name="low"/> and <paramref name="high"/>, by the seed.</summary>
    public string Initializer(string name, ImmutableArray<int> shape, float low, float high) =>
        Initializer(name, TensorData.From(shape, Random(name, shape, low, high)));

    /// <summary>Random numbers between two bounds: the seed's stream of that name.</summary>
    public float[] Random(string stream, ImmutableArray<int> shape, float low, float high)
    {
        var random = new SplitMix(seed, stream);
        var values = new float[TensorData.Count(shape)];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = low + ((high - low) * random.NextSingle());
        }

        return values;
    }

    /// <summary>A name that is not used yet: the stem and a number, such as <c>conv_2</c>.</summary>
    public string NewName(string stem)
    {
        var count = counts.GetValueOrDefault(stem) + 1;
        counts[stem] = count;
        return $"{stem}_{count}";
    }

    /// <summary>Any operator with one output.</summary>
    /// <param name="opType">Operator.</param>
    /// <param name="inputs">Names of the inputs.</param>
    /// <param name="shape">Shape of the output; needed where a later method depends on it.</param>
    /// <param name="attributes">Attributes.</param>
    /// <returns>Name of the output.</returns>
    public string Node(
        string opType,
        string[] inputs,
        int[]? shape = null,
        params (string Name, AttributeValue Value)[] attributes) => Nodes(opType, inputs, [shape], attributes)[0];

    /// <summary>An operator of the domain <c>com.microsoft</c> with one output.</summary>
    public string Fused(string opType, string[] inputs, int[] shape, params (string Name, AttributeValue Value)[] attributes)
    {
        var made = Node(opType, inputs, shape, attributes);
        nodes[^1] = nodes[^1] with { Domain = Microsoft };
        return made;
    }

    /// <summary>Any operator with several outputs.</summary>
    /// <param name="opType">Operator.</param>
    /// <param name="inputs">Names of the inputs.</param>
    /// <param name="shapes">One entry an output: its shape, or null where it does not matter.</param>
    /// <param name="attributes">Attributes.</param>
    /// <returns>Names of the outputs.</returns>
    public string[] Nodes(
        string opType,
        string[] inputs,
        int[]?[] shapes,
        params (string Name, AttributeValue Value)[] attributes)
    {
        var name = NewName(opType.ToLowerInvariant());
        var made = shapes.Length == 1 ? [$"{name}_out"] : shapes.Select((_, i) => $"{name}_out{i}").ToArray();
        nodes.Add(new Node
        {
            Name = name,
            OpType = opType,
            Inputs = [.. inputs],
            Outputs = [.. made],
            Attributes = attributes.ToImmutableSortedDictionary(a => a.Name, a => a.Value, StringComparer.Ordinal),
        });
        for (var i = 0; i < made.Length; i++)
        {
            if (shapes[i] is { } shape)
            {
                this.shapes[made[i]] = [.. shape];
            }
        }

        return made;
    }

    /// <summary>Conv [N, C, H, W] to [N, channels, H', W'] with square kernels and random weights.</summary>
    public string Conv(
        string x, int channels, int kernel, int stride = 1, int pad = 0, int group = 1, bool bias = true)
    {
        var fanIn = shapes[x][1] / group * kernel * kernel;
        var name = NewName("weights");
        var weights = Initializer($"{name}.w", [channels, shapes[x][1] / group, kernel, kernel], -Bound(fanIn), Bound(fanIn));
        return Conv(x, weights, bias ? Initializer($"{name}.b", [channels], -0.1f, 0.1f) : "", stride, pad, group);
    }

    /// <summary>Conv with given weights [M, C/group, k, k] and bias [M]; an empty name means no bias.</summary>
    public string Conv(string x, string weights, string bias, int stride = 1, int pad = 0, int group = 1)
    {
        var w = shapes[weights];
        var kernel = w[2];
        var @in = shapes[x];
        int Extent(int extent) => ((extent + (2 * pad) - kernel) / stride) + 1;
        return Node(
            "Conv",
            bias.Length > 0 ? [x, weights, bias] : [x, weights],
            [@in[0], w[0], Extent(@in[2]), Extent(@in[3])],
            ("kernel_shape", Ints(kernel, kernel)),
            ("strides", Ints(stride, stride)),
            ("pads", Ints(pad, pad, pad, pad)),
            ("group", new AttributeValue.Int(group)));
    }

    /// <summary>BatchNormalization (inference) over axis 1 with random scale, shift, mean and variance.</summary>
    public string BatchNormalization(string x)
    {
        ImmutableArray<int> shape = [shapes[x][1]];
        var name = NewName("norm");
        return BatchNormalization(
            x,
            Initializer($"{name}.scale", shape, 0.5f, 1.5f),
            Initializer($"{name}.shift", shape, -0.3f, 0.3f),
            Initializer($"{name}.mean", shape, -0.2f, 0.2f),
            Initializer($"{name}.var", shape, 0.5f, 1.5f));
    }

    /// <summary>BatchNormalization (inference) over axis 1.</summary>
    public string BatchNormalization(string x, string scale, string shift, string mean, string variance) => Node(
        "BatchNormalization", [x, scale, shift, mean, variance], [.. shapes[x]], ("epsilon", new AttributeValue.Float(1e-5f)));

    /// <summary>Relu.</summary>
    public string Relu(string x) => Node("Relu", [x], [.. shapes[x]]);

    /// <summary>Clip between two stored scalars.</summary>
    public string Clip(string x, float low = 0, float high = 6)
    {
        var name = NewName("bounds");
        return Node(
            "Clip",
            [x, Initializer($"{name}.low", TensorData.From([], [low])), Initializer($"{name}.high", TensorData.From([], [high]))],
            [.. shapes[x]]);
    }

    /// <summary>Add of two values of the same shape.</summary>
    public string Add(string a, string b) => Node("Add", [a, b], [.. shapes[a]]);

    /// <summary>GlobalAveragePool [N, C, H, W] to [N, C, 1, 1].</summary>
    public string GlobalAveragePool(string x) => Node("GlobalAveragePool", [x], [shapes[x][0], shapes[x][1], 1, 1]);

    /// <summary>MaxPool with square kernels.</summary>
    public string MaxPool(string x, int kernel = 2, int stride = 2)
    {
        var @in = shapes[x];
        return Node(
            "MaxPool",
            [x],
            [@in[0], @in[1], ((@in[2] - kernel) / stride) + 1, ((@in[3] - kernel) / stride) + 1],
            ("kernel_shape", Ints(kernel, kernel)),
            ("strides", Ints(stride, stride)));
    }

    /// <summary>Flatten [N, ...] to [N, features].</summary>
    public string Flatten(string x) => Node(
        "Flatten", [x], [shapes[x][0], (int)TensorData.Count(shapes[x][1..])], ("axis", new AttributeValue.Int(1)));

    /// <summary>Gemm [N, F] to [N, features] with random weights stored as [features, F] (transB).</summary>
    public string Gemm(string x, int features)
    {
        var fanIn = shapes[x][1];
        var name = NewName("weights");
        return Node(
            "Gemm",
            [
                x,
                Initializer($"{name}.w", [features, fanIn], -Bound(fanIn), Bound(fanIn)),
                Initializer($"{name}.b", [features], -0.1f, 0.1f),
            ],
            [shapes[x][0], features],
            ("transB", new AttributeValue.Int(1)));
    }

    /// <summary>Concat along an axis.</summary>
    public string Concat(int axis, params string[] values) => Node(
        "Concat",
        values,
        [.. shapes[values[0]].SetItem(axis, values.Sum(value => shapes[value][axis]))],
        ("axis", new AttributeValue.Int(axis)));

    /// <summary>The model made so far, as a reader would give it.</summary>
    /// <exception cref="InvalidOperationException">What was built is not a valid model; the message says why.</exception>
    public OnnxModel Build()
    {
        var empty = new ModelProto { IrVersion = 8, ProducerName = "ModelSlim.Testing", Graph = new GraphProto { Name = "net" } };
        var opsets = ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal).Add("", opset);
        opsets = nodes.Exists(node => node.Domain == Microsoft) ? opsets.Add(Microsoft, 1) : opsets;
        empty.OpsetImport.AddRange(opsets.Select(entry => new OperatorSetIdProto { Domain = entry.Key, Version = entry.Value }));
        var graph = new Graph
        {
            Name = "net",
            Inputs = [.. inputs],
            Outputs = [.. outputs],
            Nodes = [.. nodes],
            Initializers = initializers.ToImmutableDictionary(StringComparer.Ordinal),
            Opsets = opsets,
        };
        var bytes = new OnnxWriter().Write(new OnnxModel(graph, empty));
        var result = new OnnxReader().Read(bytes);
        return result.Succeeded ? result.Value : throw new InvalidOperationException(string.Join('\n', result.Diagnostics));
    }

    /// <summary>Half-width of a uniform distribution of variance 2 / fan-in (He and others 2015).</summary>
    internal static float Bound(int fanIn) => MathF.Sqrt(6f / fanIn);

    private static AttributeValue Ints(params long[] values) => new AttributeValue.Ints([.. values]);

    private GraphValue Declare(string name) => new(
        name,
        ElementType.Float,
        shapes.TryGetValue(name, out var shape)
            ? [.. shape.Select((extent, i) => i == 0 && batch is not null ? new Dimension(null, batch) : new Dimension(extent, null))]
            : default);
}
