using System.Collections.Immutable;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Core.Graphs;

/// <summary>Who makes and who uses each value of a graph. Built once, then only read.</summary>
public sealed class GraphIndex
{
    private readonly Dictionary<string, Node> producers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Node>> consumers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TensorData> constants = new(StringComparer.Ordinal);

    /// <summary>Indexes a graph.</summary>
    public GraphIndex(Graph graph)
    {
        Graph = graph;
        foreach (var (name, tensor) in graph.Initializers)
        {
            constants[name] = tensor;
        }

        foreach (var node in graph.Nodes)
        {
            foreach (var output in node.Outputs.Where(o => o.Length > 0))
            {
                producers[output] = node;
                if (node.OpType == "Constant" && node.Domain.Length == 0 && ReadConstant(node) is { } tensor)
                {
                    constants[output] = tensor;
                }
            }

            foreach (var input in Captured(node).Distinct())
            {
                if (!consumers.TryGetValue(input, out var list))
                {
                    consumers[input] = list = [];
                }

                list.Add(node);
            }
        }
    }

    /// <summary>The graph.</summary>
    public Graph Graph { get; }

    /// <summary>Every constant by value name: initializers and outputs of Constant nodes.</summary>
    public IReadOnlyDictionary<string, TensorData> Constants => constants;

    /// <summary>The node that makes a value, or null for inputs and initializers.</summary>
    public Node? Producer(string value) => producers.GetValueOrDefault(value);

    /// <summary>The nodes that use a value, themselves or in a subgraph, in graph order.</summary>
    public IReadOnlyList<Node> Consumers(string value) => consumers.TryGetValue(value, out var list) ? list : [];

    /// <summary>The constant behind a value, or null where the value is computed.</summary>
    public TensorData? Constant(string value) => constants.GetValueOrDefault(value);

    /// <summary>True where a value has that name.</summary>
    public bool Has(string value) =>
        producers.ContainsKey(value) || Graph.Initializers.ContainsKey(value) || Graph.Inputs.Any(i => i.Name == value);

    /// <summary>True where a value leaves the graph.</summary>
    public bool IsOutput(string value) => Graph.Outputs.Any(o => o.Name == value);

    /// <summary>Names a node reads: its inputs, and what its subgraphs take from outside.</summary>
    public static IEnumerable<string> Captured(Node node)
    {
        foreach (var input in node.Inputs.Where(i => i.Length > 0))
        {
            yield return input;
        }

        foreach (var inner in node.Subgraphs)
        {
            var own = inner.Inputs.Select(i => i.Name)
                .Concat(inner.Initializers.Keys)
                .Concat(inner.Nodes.SelectMany(n => n.Outputs))
                .ToHashSet(StringComparer.Ordinal);
            var used = inner.Nodes.SelectMany(Captured).Concat(inner.Outputs.Select(o => o.Name));
            foreach (var name in used.Where(name => !own.Contains(name)))
            {
                yield return name;
            }
        }
    }

    private static TensorData? ReadConstant(Node node)
    {
        if (node.GetTensor("value") is { } tensor)
        {
            return tensor;
        }

        foreach (var (name, value) in node.Attributes)
        {
            switch (name, value)
            {
                case ("value_float", AttributeValue.Float number):
                    return TensorData.From([], [number.Value]);
                case ("value_floats", AttributeValue.Floats numbers):
                    return TensorData.From([numbers.Values.Length], numbers.Values.AsSpan());
                case ("value_int", AttributeValue.Int number):
                    return TensorData.From([], [number.Value]);
                case ("value_ints", AttributeValue.Ints numbers):
                    return TensorData.From([numbers.Values.Length], numbers.Values.AsSpan());
            }
        }

        return null;
    }
}
