using System.Collections.Immutable;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;
using ModelSlim.Evaluation.Sessions;

namespace ModelSlim.Evaluation.Tracing;

/// <summary>
/// A graph that shows what each of its values is. A value that is put out is held to the end of a run, and all of them together
/// are many times what a run takes otherwise; so most values put out only their shape, and ONNX Runtime lets go of them as ever.
/// </summary>
internal sealed class ObservedGraph
{
    private const int LargestConstant = 1024;

    private readonly IReadOnlyDictionary<string, ElementType> types;
    private readonly Dictionary<string, string> measured = new(StringComparer.Ordinal);

    /// <summary>Makes the graph.</summary>
    /// <param name="graph">The graph to look into.</param>
    /// <param name="types">Element types of what its nodes put out, without what is no tensor.</param>
    /// <param name="isWhole">Whether the elements of a value are put out, not only its shape.</param>
    public ObservedGraph(Graph graph, IReadOnlyDictionary<string, ElementType> types, Func<string, bool> isWhole)
    {
        this.types = types;
        var names = new FreshNames(new GraphIndex(graph));
        var values = Hidden(graph).Where(types.ContainsKey).ToLookup(isWhole);
        var shapes = new List<Node>();
        foreach (var value in values[false])
        {
            var shape = names.Of($"{value}/shape");
            measured.Add(shape, value);
            shapes.Add(new Node { OpType = "Shape", Inputs = [value], Outputs = [shape] });
        }

        // ONNX Runtime goes from what nobody reads to what it needs, from the last such node on: so each shape is taken right after its value.
        shapes.Reverse();
        Graph = graph with
        {
            Nodes = [.. graph.Nodes, .. shapes],
            Outputs = [.. graph.Outputs, .. values[true].Concat(measured.Keys).Select(Undeclared)],
        };
    }

    /// <summary>The graph that shows its values.</summary>
    public Graph Graph { get; }

    /// <summary>A graph that puts all of its values out whole.</summary>
    public static Graph AllOf(Graph graph) => graph with { Outputs = [.. graph.Outputs, .. Hidden(graph).Select(Undeclared)] };

    /// <summary>The same graph with weights as inputs, of which types follow as well.</summary>
    public static Graph WithoutWeights(Graph graph)
    {
        var weights = graph.Initializers.Where(stored => stored.Value.Length > LargestConstant).OrderBy(stored => stored.Key, StringComparer.Ordinal).ToArray();
        return graph with
        {
            Inputs =
            [
                .. graph.Inputs,
                .. weights.Select(stored => new GraphValue(
                    stored.Key, stored.Value.Type, [.. stored.Value.Shape.Select(extent => new Dimension(extent, null))])),
            ],
            Initializers = graph.Initializers.RemoveRange(weights.Select(stored => stored.Key)),
        };
    }

    /// <summary>Whether an output of the graph is the shape of a value.</summary>
    public bool IsShape(string output) => measured.ContainsKey(output);

    /// <summary>What a run showed, by value.</summary>
    /// <param name="inputs">What the inputs were fed.</param>
    /// <param name="outputs">Names of the outputs, in order.</param>
    /// <param name="shown">What came out of each; null where it is no tensor.</param>
    public Dictionary<string, TracedValue> Read(TensorData[] inputs, ImmutableArray<string> outputs, TracedValue?[] shown)
    {
        var values = new Dictionary<string, TracedValue>(StringComparer.Ordinal);
        for (var i = 0; i < inputs.Length; i++)
        {
            values[Graph.Inputs[i].Name] = TracedValue.Of(inputs[i]);
        }

        foreach (var (output, value) in outputs.Zip(shown))
        {
            if (value is not null && measured.TryGetValue(output, out var name))
            {
                values[name] = new TracedValue(types[name], [.. value.Data!.ToInt64s().Select(extent => checked((int)extent))], null);
            }
            else if (value is not null)
            {
                values[output] = value;
            }
        }

        return values;
    }

    private static IEnumerable<string> Hidden(Graph graph)
    {
        var declared = graph.Outputs.Select(output => output.Name).ToHashSet(StringComparer.Ordinal);
        return graph.Nodes.SelectMany(node => node.Outputs).Where(name => name.Length > 0 && !declared.Contains(name));
    }

    private static GraphValue Undeclared(string name) => new(name, ElementType.Undefined, default);
}
