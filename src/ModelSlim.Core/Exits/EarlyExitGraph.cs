using System.Collections.Immutable;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Core.Exits;

/// <summary>
/// Puts an early exit into a graph. Up to the exit nothing changes; behind it comes the head, and an ONNX If: its then-branch gives
/// what the head says, its else-branch holds the rest of the network. Where a batch may hold several samples, the then-branch is for
/// batches that may leave as a whole; in the else-branch each sample gets what it would get alone.
/// </summary>
public sealed class EarlyExitGraph
{
    /// <summary>Oldest opset that has all it takes: Where came with it.</summary>
    public const int OldestOpset = 9;

    private const int AxesAreInputs = 18;

    private readonly GraphIndex index;
    private readonly FreshNames names;
    private readonly EarlyExit exit;
    private readonly ImmutableArray<Node>.Builder nodes;
    private ImmutableDictionary<string, TensorData> initializers;

    private EarlyExitGraph(GraphIndex index, EarlyExit exit)
    {
        this.index = index;
        this.exit = exit;
        names = new FreshNames(index);
        nodes = ImmutableArray.CreateBuilder<Node>();
        initializers = index.Graph.Initializers;
    }

    /// <summary>Makes the graph.</summary>
    /// <param name="index">The graph: one output [N, classes], opset <see cref="OldestOpset"/> or newer.</param>
    /// <param name="exit">The exit.</param>
    /// <param name="weightsMove">True to store weights of the rest in the else-branch, where the runtime optimizes better; false leaves all where they are.</param>
    /// <returns>The graph, of the same inputs, output and opset.</returns>
    public static Graph Of(GraphIndex index, EarlyExit exit, bool weightsMove = true) => new EarlyExitGraph(index, exit).Build(weightsMove);

    /// <summary>A graph of the same inputs that gives how sure the head is, [N, 1], and nothing else.</summary>
    /// <param name="index">The graph.</param>
    /// <param name="exit">The exit.</param>
    public static Graph ConfidenceOf(GraphIndex index, EarlyExit exit)
    {
        var graph = new EarlyExitGraph(index, exit);
        graph.nodes.AddRange(GraphParts.Of(index, exit.Place.Value, index.Graph.Outputs[0].Name).Trunk);
        var (_, confidence) = graph.Head();
        var used = graph.nodes.SelectMany(GraphIndex.Captured).ToHashSet(StringComparer.Ordinal);
        return index.Graph with
        {
            Nodes = graph.nodes.ToImmutable(),
            Outputs = [new GraphValue(confidence, ElementType.Float, [index.Graph.Outputs[0].Shape is [var batch, ..] ? batch : default, new Dimension(1, null)])],
            Initializers = graph.initializers.RemoveRange(graph.initializers.Keys.Where(name => !used.Contains(name))),
        };
    }

    private Graph Build(bool weightsMove)
    {
        var output = index.Graph.Outputs[0];
        var parts = GraphParts.Of(index, exit.Place.Value, output.Name);
        nodes.AddRange(parts.Trunk);
        var (scores, confidence) = Head();
        var sure = Add("Greater", "early_exit/sure", confidence, Store("early_exit/threshold", TensorData.From([], [exit.Threshold])));
        var single = index.Graph.Inputs.All(input => input.Shape is [{ Extent: 1 }, ..]);
        var condition = single ? sure : All(sure);
        var (late, moved) = Late(parts, output, scores, sure, single, weightsMove);
        nodes.Add(new Node
        {
            Name = names.Of("early_exit"),
            OpType = "If",
            Inputs = [condition],
            Outputs = [output.Name],
        }
            .With("then_branch", new AttributeValue.Subgraph(Leave(output, scores)))
            .With("else_branch", new AttributeValue.Subgraph(late)));
        return index.Graph with { Nodes = nodes.ToImmutable(), Initializers = initializers.RemoveRange(moved) };
    }

    // What the head says, and how sure it is, [N, 1].
    private (string Scores, string Confidence) Head()
    {
        var (features, read) = FeatureNodes.Of(exit.Place, names);
        nodes.AddRange(features);
        var logits = names.Of("early_exit/logits");
        nodes.Add(new Node
        {
            Name = logits,
            OpType = "Gemm",
            Inputs = [read, Store("early_exit/weights", exit.Head.Weights), Store("early_exit/bias", exit.Head.Bias)],
            Outputs = [logits],
        }.With("transB", new AttributeValue.Int(1)));
        var probabilities = Along("Softmax", "early_exit/probabilities", logits);
        return (
            exit.Kind switch
            {
                ScoreKind.Probabilities => probabilities,
                ScoreKind.LogProbabilities => Along("LogSoftmax", "early_exit/log_probabilities", logits),
                _ => logits,
            },
            Largest(probabilities));
    }

    private string Along(string opType, string wanted, string input)
    {
        var name = Add(opType, wanted, input);
        nodes[^1] = nodes[^1].With("axis", new AttributeValue.Int(1));
        return name;
    }

    // From opset 18 on, axes are an input.
    private string Largest(string probabilities)
    {
        const string Wanted = "early_exit/confidence";
        if (index.Graph.Opset >= AxesAreInputs)
        {
            return Add("ReduceMax", Wanted, probabilities, Store("early_exit/classes", TensorData.From([1], [1L])));
        }

        var name = Add("ReduceMax", Wanted, probabilities);
        nodes[^1] = nodes[^1].With("axes", new AttributeValue.Ints([1]));
        return name;
    }

    // True where every sample is sure. A sample whose scores are no numbers is not.
    private string All(string sure)
    {
        var numbers = Add("Cast", "early_exit/sure_as_number", sure);
        nodes[^1] = nodes[^1].With("to", new AttributeValue.Int((int)ElementType.Float));
        var least = Add("ReduceMin", "early_exit/least_sure", numbers);
        nodes[^1] = nodes[^1].With("keepdims", new AttributeValue.Int(0));
        var all = Add("Cast", "early_exit/all_sure", least);
        nodes[^1] = nodes[^1].With("to", new AttributeValue.Int((int)ElementType.Bool));
        return all;
    }

    private Graph Leave(GraphValue output, string scores)
    {
        var name = names.Of($"{output.Name}/early");
        return Branch("early", output with { Name = name }, [new Node { Name = name, OpType = "Identity", Inputs = [scores], Outputs = [name] }]);
    }

    // The output needs another name inside, since a name means one value in a graph and all it holds.
    private (Graph Branch, ImmutableArray<string> Moved) Late(
        GraphParts parts, GraphValue output, string scores, string sure, bool single, bool weightsMove)
    {
        var late = names.Of($"{output.Name}/late");
        var rest = parts.Rest.Select(node => new Renaming(output.Name, late).Of(node)).ToImmutableArray();
        var result = late;
        if (!single)
        {
            result = names.Of($"{output.Name}/each");
            rest = rest.Add(new Node { Name = result, OpType = "Where", Inputs = [sure, scores, late], Outputs = [result] });
        }

        var elsewhere = nodes.SelectMany(GraphIndex.Captured).ToHashSet(StringComparer.Ordinal);
        ImmutableArray<string> stored = !weightsMove ? [] :
        [
            .. rest.SelectMany(GraphIndex.Captured).Distinct()
                .Where(name => index.Graph.Initializers.ContainsKey(name) && !elsewhere.Contains(name)),
        ];
        return (
            Branch("late", output with { Name = result }, rest) with { Initializers = initializers.RemoveRange(initializers.Keys.Except(stored, StringComparer.Ordinal)) },
            stored);
    }

    private Graph Branch(string name, GraphValue output, ImmutableArray<Node> inside) => new()
    {
        Name = name,
        Inputs = [],
        Outputs = [output with { Type = ElementType.Float }],
        Nodes = inside,
        Initializers = ImmutableDictionary.Create<string, TensorData>(StringComparer.Ordinal),
        Opsets = index.Graph.Opsets,
    };

    private string Add(string opType, string wanted, params string[] inputs)
    {
        var name = names.Of(wanted);
        nodes.Add(new Node { Name = name, OpType = opType, Inputs = [.. inputs], Outputs = [name] });
        return name;
    }

    private string Store(string wanted, TensorData tensor)
    {
        var name = names.Of(wanted);
        initializers = initializers.SetItem(name, tensor);
        return name;
    }
}
