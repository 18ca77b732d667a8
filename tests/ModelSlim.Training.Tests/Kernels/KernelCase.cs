using System.Collections.Immutable;
using System.Runtime.InteropServices;
using ModelSlim.Core.Data;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Training.Tests.Kernels;

/// <summary>A graph of one node with values for its inputs.</summary>
public sealed record KernelCase(string Name, Graph Graph, ImmutableArray<TensorData> Inputs)
{
    public static KernelCase Of(string name, string opType, int opset = 13, string domain = "") => new(
        name,
        new Graph
        {
            Inputs = [],
            Outputs = [new GraphValue("y", ElementType.Float, default)],
            Nodes = [new Node { Name = "node", OpType = opType, Domain = domain, Inputs = [], Outputs = ["y"] }],
            Initializers = ImmutableDictionary<string, TensorData>.Empty,
            Opsets = ImmutableSortedDictionary<string, int>.Empty.Add("", opset).SetItem(domain, domain.Length == 0 ? opset : 1),
        },
        []);

    public Node Node => Graph.Nodes[0];

    /// <summary>False where the outputs are integers or flags, or steps, so that there is no gradient to check.</summary>
    public bool HasGradients { get; init; } = true;

    /// <summary>Adds an input that the caller feeds, with values from -2 to 2.</summary>
    public KernelCase Fed(params int[] shape) => Feeding(Random($"x{Inputs.Length}", shape));

    /// <summary>Adds an input that the caller feeds, with values from 0.5 to 1.5.</summary>
    public KernelCase FedPositive(params int[] shape) => Feeding(Positive(Random($"x{Inputs.Length}", shape)));

    /// <summary>Adds an input that the caller feeds, with values from -0.5 to 0.5.</summary>
    public KernelCase FedFraction(params int[] shape) => Feeding(Moved(Random($"x{Inputs.Length}", shape), 0));

    /// <summary>Adds an input that the caller feeds, with values from 1.5 to 2.5.</summary>
    public KernelCase FedAboveOne(params int[] shape) => Feeding(Moved(Random($"x{Inputs.Length}", shape), 2));

    /// <summary>Adds a constant weight with values from -2 to 2.</summary>
    public KernelCase Weight(params int[] shape) => Constant(Random($"w{Node.Inputs.Length}", shape));

    /// <summary>Adds a constant with values from 0.5 to 1.5.</summary>
    public KernelCase Positive(params int[] shape) => Constant(Positive(Random($"p{Node.Inputs.Length}", shape)));

    public KernelCase Integers(params long[] values) => Constant(TensorData.From([values.Length], values));

    public KernelCase IntegersOf(int[] shape, params long[] values) => Constant(TensorData.From([.. shape], values));

    public KernelCase Flags(int[] shape, params bool[] values) =>
        Constant(new TensorData(ElementType.Bool, [.. shape], values.Select(value => value ? (byte)1 : (byte)0).ToArray()));

    /// <summary>Adds sequence lengths, which are 32-bit integers.</summary>
    public KernelCase Lengths(params int[] values) =>
        Constant(new TensorData(ElementType.Int32, [values.Length], MemoryMarshal.AsBytes<int>(values).ToArray()));

    public KernelCase Integer(long value) => Constant(TensorData.From([], [value]));

    public KernelCase Numbers(params float[] values) => Constant(TensorData.From([values.Length], values));

    public KernelCase NumbersOf(int[] shape, params float[] values) => Constant(TensorData.From([.. shape], values));

    public KernelCase Stored(TensorData tensor) => Constant(tensor);

    public KernelCase Number(float value) => Constant(TensorData.From([], [value]));

    /// <summary>Leaves an optional input out.</summary>
    public KernelCase Nothing() => Taking("");

    public KernelCase With(string attribute, long value) => With(attribute, new AttributeValue.Int(value));

    public KernelCase With(string attribute, float value) => With(attribute, new AttributeValue.Float(value));

    public KernelCase With(string attribute, string value) => With(attribute, new AttributeValue.Text(value));

    public KernelCase With(string attribute, long[] values) => With(attribute, new AttributeValue.Ints([.. values]));

    public KernelCase With(string attribute, TensorData value) => With(attribute, new AttributeValue.Tensor(value));

    public KernelCase With(string attribute, string[] values) => With(attribute, new AttributeValue.Texts([.. values]));

    public KernelCase With(string attribute, float[] values) => With(attribute, new AttributeValue.Floats([.. values]));

    /// <summary>Says that the output is not of real numbers.</summary>
    public KernelCase Giving(ElementType type) => this with
    {
        HasGradients = false,
        Graph = Graph with { Outputs = [new GraphValue("y", type, default), .. Graph.Outputs.Skip(1)] },
    };

    /// <summary>Says that the output is constant around the inputs' values.</summary>
    public KernelCase WithoutGradients() => this with { HasGradients = false };

    /// <summary>Adds outputs that are read, so that the kernel must compute them; an empty name leaves one out.</summary>
    public KernelCase Reading(params string[] outputs) => ReadingAs(ElementType.Float, outputs);

    /// <summary>Adds outputs of some type that are read.</summary>
    public KernelCase ReadingAs(ElementType type, params string[] outputs)
    {
        var writing = AlsoWriting(outputs);
        var read = outputs.Where(output => output.Length > 0).Select(output => new GraphValue(output, type, default));
        return writing with { Graph = writing.Graph with { Outputs = [.. Graph.Outputs, .. read] } };
    }

    /// <summary>Names outputs after the first, which must be in the file though nobody reads them.</summary>
    public KernelCase AlsoWriting(params string[] outputs) => Replace(Node with { Outputs = [.. Node.Outputs, .. outputs] });

    public override string ToString() => Name;

    private static TensorData Random(string stream, int[] shape)
    {
        var random = new SplitMix(7, stream);
        var values = new float[shape.Aggregate(1, (a, b) => a * b)];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = (random.NextSingle() * 4) - 2;
        }

        return TensorData.From([.. shape], values);
    }

    private static TensorData Positive(TensorData values) => Moved(values, 1);

    private static TensorData Moved(TensorData values, float middle) =>
        values.WithSingles([.. values.ToSingles().Select(v => (v / 4) + middle)]);

    private KernelCase Feeding(TensorData values)
    {
        var name = $"x{Inputs.Length}";
        var value = new GraphValue(name, ElementType.Float, [.. values.Shape.Select(extent => new Dimension(extent, null))]);
        var reading = Taking(name);
        return reading with
        {
            Inputs = Inputs.Add(values),
            Graph = reading.Graph with { Inputs = Graph.Inputs.Add(value) },
        };
    }

    private KernelCase Constant(TensorData tensor)
    {
        var name = $"c{Node.Inputs.Length}";
        var reading = Taking(name);
        return reading with { Graph = reading.Graph with { Initializers = Graph.Initializers.Add(name, tensor) } };
    }

    private KernelCase With(string attribute, AttributeValue value) => Replace(Node.With(attribute, value));

    private KernelCase Taking(string input) => Replace(Node with { Inputs = Node.Inputs.Add(input) });

    private KernelCase Replace(Node node) => this with { Graph = Graph with { Nodes = [node] } };
}
