using System.Collections.Immutable;
using ModelSlim.Core.Data;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Training.Tests.Kernels;

/// <summary>A graph of one node with values for its inputs.</summary>
public sealed record KernelCase(string Name, Graph Graph, ImmutableArray<TensorData> Inputs)
{
    public static KernelCase Of(string name, string opType, int opset = 13) => new(
        name,
        new Graph
        {
            Inputs = [],
            Outputs = [new GraphValue("y", ElementType.Float, default)],
            Nodes = [new Node { Name = "node", OpType = opType, Inputs = [], Outputs = ["y"] }],
            Initializers = ImmutableDictionary<string, TensorData>.Empty,
            Opsets = ImmutableSortedDictionary<string, int>.Empty.Add("", opset),
        },
        []);

    public Node Node => Graph.Nodes[0];

    /// <summary>Adds an input that the caller feeds, with values from -2 to 2.</summary>
    public KernelCase Fed(params int[] shape)
    {
        var name = $"x{Inputs.Length}";
        var value = new GraphValue(name, ElementType.Float, [.. shape.Select(extent => new Dimension(extent, null))]);
        return Reading(name) with
        {
            Inputs = Inputs.Add(Random(name, shape)),
            Graph = Reading(name).Graph with { Inputs = Graph.Inputs.Add(value) },
        };
    }

    /// <summary>Adds a constant weight with values from -2 to 2.</summary>
    public KernelCase Weight(params int[] shape) => Constant(Random($"w{Node.Inputs.Length}", shape));

    /// <summary>Adds a constant with values from 0.5 to 1.5.</summary>
    public KernelCase Positive(params int[] shape)
    {
        var values = Random($"p{Node.Inputs.Length}", shape);
        return Constant(values.WithSingles([.. values.ToSingles().Select(v => (v / 4) + 1)]));
    }

    public KernelCase Integers(params long[] values) => Constant(TensorData.From([values.Length], values));

    public KernelCase Number(float value) => Constant(TensorData.From([], [value]));

    /// <summary>Leaves an optional input out.</summary>
    public KernelCase Nothing() => Reading("");

    public KernelCase With(string attribute, long value) => With(attribute, new AttributeValue.Int(value));

    public KernelCase With(string attribute, float value) => With(attribute, new AttributeValue.Float(value));

    public KernelCase With(string attribute, string value) => With(attribute, new AttributeValue.Text(value));

    public KernelCase With(string attribute, long[] values) => With(attribute, new AttributeValue.Ints([.. values]));

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

    private KernelCase Constant(TensorData tensor)
    {
        var name = $"c{Node.Inputs.Length}";
        var reading = Reading(name);
        return reading with { Graph = reading.Graph with { Initializers = Graph.Initializers.Add(name, tensor) } };
    }

    private KernelCase With(string attribute, AttributeValue value) => Replace(Node.With(attribute, value));

    private KernelCase Reading(string input) => Replace(Node with { Inputs = Node.Inputs.Add(input) });

    private KernelCase Replace(Node node) => this with { Graph = Graph with { Nodes = [node] } };
}
