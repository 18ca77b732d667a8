using System.Collections.Immutable;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Training.Modules;

/// <summary>
/// Puts the nodes of both branches in the place of each If (opset 1, 11, 13, 16), under its condition, so that one list of
/// nodes is left. Names inside of a branch get a prefix, since branches may share some.
/// </summary>
internal sealed class BranchFlattening
{
    private readonly ImmutableArray<Node>.Builder nodes = ImmutableArray.CreateBuilder<Node>();
    private readonly Dictionary<Node, ImmutableArray<(string Condition, bool Holds)>> guards = new(ReferenceEqualityComparer.Instance);
    private readonly ImmutableDictionary<string, TensorData>.Builder initializers;

    private BranchFlattening(Graph graph)
    {
        initializers = graph.Initializers.ToBuilder();
        Add(graph.Nodes, name => name, []);
        Graph = graph with { Nodes = nodes.ToImmutable(), Initializers = initializers.ToImmutable() };
    }

    /// <summary>The graph without If.</summary>
    public Graph Graph { get; }

    /// <summary>Flattens a graph.</summary>
    public static BranchFlattening Of(Graph graph) => new(graph);

    /// <summary>The conditions that a node of <see cref="Graph"/> is under, the outermost first.</summary>
    public ImmutableArray<(string Condition, bool Holds)> GuardsOf(Node node) => guards.GetValueOrDefault(node, []);

    private void Add(IEnumerable<Node> added, Func<string, string> rename, ImmutableArray<(string Condition, bool Holds)> under)
    {
        foreach (var node in added)
        {
            var renamed = under.IsEmpty
                ? node
                : node with { Inputs = [.. node.Inputs.Select(rename)], Outputs = [.. node.Outputs.Select(rename)] };
            if (node is not { OpType: "If", Domain: "" or "ai.onnx" })
            {
                Keep(renamed, under);
                continue;
            }

            foreach (var (attribute, holds) in new[] { ("then_branch", true), ("else_branch", false) })
            {
                if (node.Attributes.GetValueOrDefault(attribute) is AttributeValue.Subgraph branch)
                {
                    AddBranch(renamed, branch.Value, rename, under.Add((renamed.Inputs[0], holds)));
                }
            }
        }
    }

    private void AddBranch(Node node, Graph branch, Func<string, string> outer, ImmutableArray<(string Condition, bool Holds)> under)
    {
        var prefix = $"{node.Outputs[0]}/{(under[^1].Holds ? "then" : "else")}/";
        var own = branch.Initializers.Keys.Concat(branch.Nodes.SelectMany(inner => inner.Outputs)).Where(name => name.Length > 0)
            .ToHashSet(StringComparer.Ordinal);
        string Rename(string name) => own.Contains(name) ? prefix + name : outer(name);

        foreach (var (name, tensor) in branch.Initializers)
        {
            initializers[prefix + name] = tensor;
        }

        Add(branch.Nodes, Rename, under);
        foreach (var (output, place) in branch.Outputs.Select((output, place) => (output, place)))
        {
            // The long form of the domain keeps this copy a step of its own even where it copies a constant. It reads the
            // condition too, so that somebody does.
            var copy = new Node
            {
                Name = node.Name,
                OpType = "Identity",
                Domain = "ai.onnx",
                Inputs = [Rename(output.Name), under[^1].Condition],
                Outputs = [node.Outputs[place]],
            };
            Keep(copy, under);
        }
    }

    private void Keep(Node node, ImmutableArray<(string Condition, bool Holds)> under)
    {
        nodes.Add(node);
        if (!under.IsEmpty)
        {
            guards[node] = under;
        }
    }
}
