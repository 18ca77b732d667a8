using System.Collections.Immutable;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Graphs;
using ModelSlim.Training.Kernels;

namespace ModelSlim.Training.Modules;

/// <summary>Makes a graph ready to run in torch.</summary>
public sealed class GraphCompiler(KernelRegistry kernels)
{
    /// <summary>Finds a kernel for every node that leads to an output, and a role for every constant.</summary>
    /// <returns>The program, or one <see cref="DiagnosticCodes.NodeNotTrainable"/> for each node that cannot run.</returns>
    public Result<GraphProgram> Compile(Graph graph)
    {
        var flat = BranchFlattening.Of(graph);
        var index = new GraphIndex(flat.Graph);
        var nodes = Needed(index);
        var refusals = nodes.Select(node => Refuse(node, index)).OfType<Diagnostic>().ToList();
        return refusals.Count > 0 ? Result<GraphProgram>.Failed(refusals) : Assemble(graph, flat, index, nodes);
    }

    // Nodes that some output of the graph depends on. Constants and copies of constants are values, not nodes.
    private static ImmutableArray<Node> Needed(GraphIndex index)
    {
        var wanted = index.Graph.Outputs.Select(output => output.Name).ToHashSet(StringComparer.Ordinal);
        var nodes = new List<Node>();
        foreach (var node in index.Graph.Nodes.Reverse())
        {
            if (node.Outputs.Any(wanted.Contains) && Alias(node.Outputs[0], index) is null)
            {
                nodes.Add(node);
                wanted.UnionWith(GraphIndex.Captured(node));
            }
        }

        nodes.Reverse();
        return [.. nodes];
    }

    private Diagnostic? Refuse(Node node, GraphIndex index)
    {
        var kernel = kernels.Find(node);
        var missing = node.Outputs.Where((output, place) => kernel?.Computes(place) == false && IsRead(output, index)).FirstOrDefault();
        var reason = kernel is null ? $"operator {node.OpType} has no kernel"
            : missing is not null ? $"its output {missing} is used, and not computed"
            : kernel.Refuse(node, OpsetOf(node, index.Graph));
        return reason is null
            ? null
            : DiagnosticCodes.NodeNotTrainable.Says($"Node {node.Label} cannot be trained through: {reason}; remove finetune.");
    }

    private GraphProgram Assemble(Graph graph, BranchFlattening flat, GraphIndex index, ImmutableArray<Node> nodes)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        int Number(string name) => numbers.TryGetValue(name, out var number) ? number : numbers[name] = numbers.Count;
        int Read(string name) => name.Length == 0 ? -1 : Number(Alias(name, index) ?? name);

        ImmutableArray<int> inputs = [.. graph.Inputs.Select(input => Number(input.Name))];
        var reads = nodes.Select(node => node.Inputs.Select(Read).ToImmutableArray()).ToList();
        var writes = nodes.Select(node => node.Outputs.Select(o => IsRead(o, index) ? Number(o) : -1).ToImmutableArray()).ToList();
        var guards = nodes.Select(node => flat.GuardsOf(node).Select(guard => new Guard(Read(guard.Condition), guard.Holds)).ToImmutableArray()).ToList();
        ImmutableArray<int> outputs = [.. graph.Outputs.Select(output => Read(output.Name))];

        string[] names = [.. numbers.OrderBy(pair => pair.Value).Select(pair => pair.Key)];
        var constants = Constants(graph, index, names, new ConstantRoles([.. nodes.Select(node => kernels.Find(node)!)], reads, writes));
        var roles = constants.ToDictionary(constant => constant.Value, constant => constant.Role);
        var readers = reads.SelectMany(read => read).GroupBy(value => value).ToDictionary(group => group.Key, group => group.Count());
        var lasting = constants.Select(constant => constant.Value).Concat(outputs)
            .Concat(guards.SelectMany(under => under).Select(guard => guard.Condition)).ToHashSet();
        var makers = writes.SelectMany((values, step) => values.Where(value => value >= 0).Select(value => (value, step)))
            .GroupBy(pair => pair.value).ToDictionary(group => group.Key, group => group.Last().step);
        var lastReader = new Dictionary<int, int>();
        for (var step = 0; step < nodes.Length; step++)
        {
            foreach (var value in reads[step])
            {
                lastReader[value] = step;
            }
        }

        var steps = nodes.Select((node, step) =>
        {
            var kernel = kernels.Find(node)!;
            var first = reads[step].FirstOrDefault(-1);
            return new ProgramStep(
                node,
                kernel,
                OpsetOf(node, graph),
                reads[step],
                writes[step],
                [.. reads[step].Distinct().Where(v => v >= 0 && lastReader[v] == step && !lasting.Contains(v)).Order()],
                makers.TryGetValue(first, out var maker) && kernels.Find(nodes[maker])!.OutputIsFree
                    && readers[first] == 1 && !lasting.Contains(first),
                guards[step],
                reads[step].Where((value, input) => kernel.Role(input, null) == InputRole.Statistic
                    && (roles.GetValueOrDefault(value) != InputRole.Statistic || readers[value] > 1)).Any());
        });
        return new GraphProgram(graph, [.. names], constants, inputs, outputs, [.. steps]);
    }

    // Constants inside of branches are left alone: the graph that is written back has them in its subgraphs.
    private static ImmutableArray<ProgramConstant> Constants(Graph graph, GraphIndex index, string[] names, ConstantRoles roles)
    {
        var own = graph.Initializers.Keys.Concat(graph.Nodes.SelectMany(node => node.Outputs)).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. names.Select((name, value) => (name, value, tensor: index.Constant(name)))
                .Where(entry => entry.tensor is not null)
                .Select(entry => new ProgramConstant(
                    entry.value, entry.name, entry.tensor!, own.Contains(entry.name) ? roles.Of(entry.value, entry.tensor!) : InputRole.Setting)),
        ];
    }

    private static bool IsRead(string output, GraphIndex index) =>
        output.Length > 0 && (index.Consumers(output).Count > 0 || index.IsOutput(output));

    // The constant that a value is, be it through Identity nodes, with which exporters share equal weights; null otherwise.
    private static string? Alias(string value, GraphIndex index)
    {
        while (index.Constant(value) is null)
        {
            if (index.Producer(value) is not { OpType: "Identity", Domain: "" } copy)
            {
                return null;
            }

            value = copy.Inputs[0];
        }

        return value;
    }

    private static int OpsetOf(Node node, Graph graph) =>
        graph.Opsets.GetValueOrDefault(node.Domain == "ai.onnx" ? "" : node.Domain, 1);
}
