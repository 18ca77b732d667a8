using System.Collections.Immutable;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Core.Simplification;

/// <summary>A simpler graph as it grows, node by node.</summary>
internal sealed class SimpleGraph
{
    private const int AxesAreInputs = 13;

    private readonly Graph given;
    private readonly ImmutableArray<Node>.Builder nodes = ImmutableArray.CreateBuilder<Node>();
    private readonly ImmutableDictionary<string, TensorData>.Builder initializers;
    private readonly Dictionary<string, TensorData> constants;
    private readonly Dictionary<string, string> same = new(StringComparer.Ordinal);

    /// <summary>Starts with what a graph stores.</summary>
    public SimpleGraph(GraphIndex index)
    {
        given = index.Graph;
        Names = new FreshNames(index);
        initializers = given.Initializers.ToBuilder();
        constants = index.Constants.ToDictionary(StringComparer.Ordinal);
    }

    /// <summary>Gives out names.</summary>
    public FreshNames Names { get; }

    /// <summary>True where something differs from the graph that it began with.</summary>
    public bool IsChanged { get; private set; }

    /// <summary>What a constant holds; null for what is computed.</summary>
    public TensorData? Constant(string value) => constants.GetValueOrDefault(value);

    /// <summary>A node that reads what its inputs are by now.</summary>
    public Node Current(Node node) => new Renaming(same).Of(node);

    /// <summary>Adds a node as it is.</summary>
    public void Keep(Node node)
    {
        nodes.Add(node);
        if (node is { OpType: "Constant", Domain: "" } && node.GetTensor("value") is { } stored)
        {
            constants[node.Outputs[0]] = stored;
        }
    }

    /// <summary>Stores a tensor under a new name.</summary>
    public string Store(string wanted, TensorData tensor)
    {
        var name = Names.Of(wanted);
        initializers.Add(name, tensor);
        constants[name] = tensor;
        return name;
    }

    /// <summary>From now on a value is read under another name; a value that leaves the graph keeps its own.</summary>
    public void Replace(string value, string by)
    {
        IsChanged = true;
        if (value.Length == 0)
        {
            return;
        }

        foreach (var name in same.Where(pair => pair.Value == value).Select(pair => pair.Key).ToArray())
        {
            same[name] = by;
        }

        same[value] = by;
        if (given.Outputs.Any(output => output.Name == value))
        {
            nodes.Add(new Node { Name = value, OpType = "Identity", Inputs = [by], Outputs = [value] });
        }
    }

    /// <summary>Adds a node that this graph did not have, with one output.</summary>
    /// <returns>Name of the output.</returns>
    public string Add(string wanted, string opType, IEnumerable<string> inputs, params (string Name, AttributeValue Value)[] attributes)
    {
        var name = Names.Of(wanted);
        nodes.Add(new Node
        {
            Name = name,
            OpType = opType,
            Inputs = [.. inputs],
            Outputs = [name],
            Attributes = attributes.ToImmutableSortedDictionary(attribute => attribute.Name, attribute => attribute.Value, StringComparer.Ordinal),
        });
        return name;
    }

    /// <summary>Adds Squeeze or Unsqueeze of one axis, which is an attribute up to opset 12 and an input from 13 on.</summary>
    public string AddAxis(string wanted, string opType, string input, long axis) => given.Opset < AxesAreInputs
        ? Add(wanted, opType, [input], ("axes", new AttributeValue.Ints([axis])))
        : Add(wanted, opType, [input, Store($"{wanted}/axes", TensorData.From([1], [axis]))]);

    /// <summary>Adds Split with the sizes given, which are an attribute up to opset 12 and an input from 13 on.</summary>
    public ImmutableArray<string> AddSplit(string wanted, string input, long axis, ImmutableArray<long> sizes)
    {
        ImmutableArray<string> parts = [.. sizes.Select((_, part) => Names.Of($"{wanted}/{part}"))];
        var split = new Node { Name = Names.Of(wanted), OpType = "Split", Inputs = [input], Outputs = parts }.With("axis", new AttributeValue.Int(axis));
        nodes.Add(given.Opset < AxesAreInputs
            ? split.With("split", new AttributeValue.Ints(sizes))
            : split with { Inputs = [input, Store($"{wanted}/sizes", TensorData.From([sizes.Length], sizes.AsSpan()))] });
        return parts;
    }

    /// <summary>The graph, without what only the nodes that went have read or made.</summary>
    public Graph Finish()
    {
        var unread = new HashSet<string>(Dead(given.Nodes, given.Outputs).SelectMany(node => node.Outputs), StringComparer.Ordinal);
        var dead = Dead(nodes, given.Outputs).Where(node => !node.Outputs.Any(unread.Contains)).ToHashSet(ReferenceEqualityComparer.Instance);
        ImmutableArray<Node> left = [.. nodes.Where(node => !dead.Contains(node))];
        var readBefore = Read(given.Nodes, given.Outputs);
        var readNow = Read(left, given.Outputs);
        return given with
        {
            Nodes = left,
            Initializers = initializers.ToImmutable().RemoveRange(initializers.Keys
                .Where(name => !readNow.Contains(name) && (readBefore.Contains(name) || !given.Initializers.ContainsKey(name))).ToArray()),
        };
    }

    private static HashSet<string> Read(IEnumerable<Node> nodes, IEnumerable<GraphValue> outputs) =>
        nodes.SelectMany(GraphIndex.Captured).Concat(outputs.Select(output => output.Name)).ToHashSet(StringComparer.Ordinal);

    // Nodes of which nothing gets to an output.
    private static IEnumerable<Node> Dead(IReadOnlyList<Node> nodes, IEnumerable<GraphValue> outputs)
    {
        var live = outputs.Select(output => output.Name).ToHashSet(StringComparer.Ordinal);
        var dead = new List<Node>();
        foreach (var node in nodes.Reverse())
        {
            if (node.Outputs.Any(live.Contains))
            {
                live.UnionWith(GraphIndex.Captured(node));
            }
            else
            {
                dead.Add(node);
            }
        }

        return dead;
    }
}
