using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Onnx.Protobuf;

namespace ModelSlim.Core.Onnx;

/// <summary>Says what is wrong with the names and connections of a graph and its subgraphs.</summary>
internal sealed class GraphCheck
{
    private readonly SourceSpan? location;
    private readonly List<Diagnostic> found = [];

    private GraphCheck(SourceSpan? location) => this.location = location;

    /// <summary>What is wrong; nothing where the graph can be read.</summary>
    public static IReadOnlyList<Diagnostic> Check(GraphProto graph, SourceSpan? location)
    {
        var check = new GraphCheck(location);
        check.Check(graph, null);
        return check.found;
    }

    private void Check(GraphProto graph, Scope? outer)
    {
        var scope = new Scope(outer);
        var constants = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in graph.Initializer.Select(tensor => tensor.Name)
            .Concat(graph.SparseInitializer.Select(tensor => tensor.Values?.Name ?? "")))
        {
            Define(constants, name, "initializer");
        }

        var inputs = new HashSet<string>(StringComparer.Ordinal);
        foreach (var input in graph.Input)
        {
            Define(inputs, input.Name, "input");
        }

        scope.Names.UnionWith(constants);
        scope.Names.UnionWith(inputs);
        foreach (var output in graph.Node.SelectMany(node => node.Output).Where(output => output.Length > 0))
        {
            Define(scope.Names, output, "node output");
        }

        foreach (var node in graph.Node)
        {
            Check(node, scope);
        }

        foreach (var output in graph.Output.Where(output => !scope.Knows(output.Name)))
        {
            Report(
                DiagnosticCodes.ValueUndefined, $"Nothing in the graph makes its output '{output.Name}'; export the model again.");
        }

        CheckCycle(graph);
    }

    private void Check(NodeProto node, Scope scope)
    {
        var label = NodeLabel.Of(node);
        if (node.OpType.Length == 0)
        {
            Report(DiagnosticCodes.NodeInvalid, $"Node '{label}' names no operator; export the model again.");
        }

        foreach (var input in node.Input.Where(input => input.Length > 0 && !scope.Knows(input)))
        {
            Report(
                DiagnosticCodes.ValueUndefined, $"Node '{label}' uses '{input}', which nothing makes; export the model again.");
        }

        var attributes = new HashSet<string>(StringComparer.Ordinal);
        foreach (var attribute in node.Attribute)
        {
            if (attribute.Name.Length == 0 || !attributes.Add(attribute.Name))
            {
                Report(
                    DiagnosticCodes.NodeInvalid,
                    $"Node '{label}' has an attribute without a name or twice ('{attribute.Name}'); export the model again.");
            }

            foreach (var graph in attribute.G is null ? attribute.Graphs : attribute.Graphs.Prepend(attribute.G))
            {
                Check(graph, scope);
            }
        }
    }

    private void CheckCycle(GraphProto graph)
    {
        var order = TopologicalOrder.Of(graph.Node);
        if (order.Count < graph.Node.Count)
        {
            var stuck = Enumerable.Range(0, graph.Node.Count).Except(order).First();
            Report(
                DiagnosticCodes.GraphCyclic,
                $"Node '{NodeLabel.Of(graph.Node[stuck])}' needs its own output, or one behind it; export the model again.");
        }
    }

    private void Define(HashSet<string> names, string name, string kind)
    {
        if (name.Length == 0)
        {
            Report(DiagnosticCodes.NodeInvalid, $"The graph has an {kind} without a name; export the model again.");
        }
        else if (!names.Add(name))
        {
            Report(
                DiagnosticCodes.ValueDuplicate, $"The graph has two values named '{name}' ({kind}); export the model again.");
        }
    }

    private void Report(DiagnosticDescriptor descriptor, string message) => found.Add(descriptor.At(location, message));

    private sealed class Scope(Scope? outer)
    {
        public HashSet<string> Names { get; } = new(StringComparer.Ordinal);

        public bool Knows(string name) => Names.Contains(name) || (outer?.Knows(name) ?? false);
    }
}
