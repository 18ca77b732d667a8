using System.Collections.Immutable;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Core.Simplification;

/// <summary>Finds what If and Loop do where it is the same on every input.</summary>
/// <param name="graph">The graph that grows.</param>
/// <param name="known">Tells what a value is known to hold.</param>
internal sealed class KnownCourses(SimpleGraph graph, Func<string, TensorData?> known)
{
    private const int MostTurns = 64;
    private const int Carried = 2;

    /// <summary>The course of a node; null where it has none, or it is not known.</summary>
    public KnownCourse? Of(Node node) => node switch
    {
        { Domain: "", OpType: "If" } => Branch(node),
        { Domain: "", OpType: "Loop" } => Turns(node),
        _ => null,
    };

    private KnownCourse? Branch(Node node)
    {
        if (known(node.Inputs[0]) is not { Type: ElementType.Bool, Length: 1 } condition
            || Body(node, IsTrue(condition) ? "then_branch" : "else_branch") is not { } branch
            || branch.Outputs.Length < node.Outputs.Length)
        {
            return null;
        }

        var copy = BodyCopy.Of(branch, BodyCopy.Store(branch, Prefix(node), graph), Prefix(node), [], graph.Names);
        return new KnownCourse(copy.Nodes, Join(node, copy.Outputs));
    }

    private KnownCourse? Turns(Node node)
    {
        var carried = node.Inputs.Length - Carried;
        if (Body(node, "body") is not { } body
            || node.Inputs.Contains("")
            || body.Inputs.Length != node.Inputs.Length
            || body.Outputs.Length < Math.Max(node.Outputs.Length, carried) + 1
            || known(node.Inputs[0]) is not { Type: ElementType.Int64, Length: 1 } count
            || count.ToInt64s()[0] is not (>= 0 and <= MostTurns and var turns)
            || known(node.Inputs[1]) is not { } begins || !IsTrue(begins)
            || !GoesOn(body))
        {
            return null;
        }

        // What each turn puts out is stacked; no turn puts out nothing, of a size that is not known.
        var stacked = Enumerable.Range(0, body.Outputs.Length - 1 - carried).Select(_ => new List<string>()).ToArray();
        if (turns == 0 && stacked.Length > 0)
        {
            return null;
        }

        var nodes = ImmutableArray.CreateBuilder<Node>();
        var state = node.Inputs[Carried..];
        var stored = BodyCopy.Store(body, Prefix(node), graph);
        for (var turn = 0; turn < turns; turn++)
        {
            // The counter has the shape that the body declares: [] or [1].
            var counter = graph.Store(
                $"{Prefix(node)}/turn{turn}", TensorData.From(body.Inputs[0].Shape is { IsDefault: false, Length: 1 } ? [1] : [], [(long)turn]));
            var copy = BodyCopy.Of(body, stored, $"{Prefix(node)}/{turn}", [counter, node.Inputs[1], .. state], graph.Names);
            nodes.AddRange(copy.Nodes);
            state = copy.Outputs[1..(1 + carried)];
            for (var output = 0; output < stacked.Length; output++)
            {
                stacked[output].Add(copy.Outputs[1 + carried + output]);
            }
        }

        foreach (var outputs in stacked.Where((_, output) => carried + output < node.Outputs.Length))
        {
            state = state.Add(Stack(node, outputs, nodes));
        }

        return new KnownCourse(nodes.ToImmutable(), Join(node, state));
    }

    private static Graph? Body(Node node, string name) =>
        node.Attributes.GetValueOrDefault(name) is AttributeValue.Subgraph { Value: var body } && !node.IsOpaque ? body : null;

    private static bool IsTrue(TensorData value) => value is { Type: ElementType.Bool, Length: 1 } && value.Bytes.Span[0] != 0;

    private static string Prefix(Node node) => node.Outputs.FirstOrDefault(output => output.Length > 0, node.Name);

    private static ImmutableArray<Node> Join(Node node, ImmutableArray<string> values) =>
    [
        .. node.Outputs.Zip(values).Where(pair => pair.First.Length > 0)
            .Select(pair => new Node { OpType = "Identity", Inputs = [pair.Second], Outputs = [pair.First] }),
    ];

    // A sequence of known members becomes a Concat when its turn comes.
    private string Stack(Node node, IEnumerable<string> outputs, ImmutableArray<Node>.Builder nodes)
    {
        var (list, stack) = (graph.Names.Of($"{Prefix(node)}/outputs"), graph.Names.Of($"{Prefix(node)}/stacked"));
        nodes.Add(new Node { OpType = "SequenceConstruct", Inputs = [.. outputs], Outputs = [list] });
        nodes.Add(new Node { OpType = "ConcatFromSequence", Inputs = [list], Outputs = [stack] }
            .With("axis", new AttributeValue.Int(0)).With("new_axis", new AttributeValue.Int(1)));
        return stack;
    }

    // The condition that a turn leaves is the one that it found, or always true.
    private bool GoesOn(Graph body)
    {
        var index = new GraphIndex(body);
        var value = body.Outputs[0].Name;
        while (index.Constant(value) is null && index.Producer(value) is { OpType: "Identity" or "Cast", Domain: "" } copy)
        {
            value = copy.Inputs[0];
        }

        if (value == body.Inputs[1].Name)
        {
            return true;
        }

        var isOuter = index.Producer(value) is null && !body.Inputs.Any(input => input.Name == value);
        return (index.Constant(value) ?? (isOuter ? known(value) : null)) is { } always && IsTrue(always);
    }
}
