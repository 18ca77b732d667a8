using ModelSlim.Core.Onnx.Protobuf;

namespace ModelSlim.Core.Onnx;

/// <summary>Puts nodes after the producers of what they use, and else leaves them in the order of the file.</summary>
internal static class TopologicalOrder
{
    /// <summary>Indices of nodes in order. Nodes in or behind a cycle are missing from it.</summary>
    public static List<int> Of(IReadOnlyList<NodeProto> nodes)
    {
        var producers = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < nodes.Count; i++)
        {
            foreach (var output in nodes[i].Output.Where(output => output.Length > 0))
            {
                producers[output] = i;
            }
        }

        var waiting = new int[nodes.Count];
        var dependents = new List<int>[nodes.Count];
        var ready = new PriorityQueue<int, int>();
        for (var i = 0; i < nodes.Count; i++)
        {
            var needed = Captured(nodes[i])
                .Where(producers.ContainsKey)
                .Select(name => producers[name])
                .ToHashSet();
            waiting[i] = needed.Count;
            foreach (var producer in needed)
            {
                (dependents[producer] ??= []).Add(i);
            }

            if (needed.Count == 0)
            {
                ready.Enqueue(i, i);
            }
        }

        var order = new List<int>(nodes.Count);
        while (ready.TryDequeue(out var next, out _))
        {
            order.Add(next);
            foreach (var dependent in dependents[next] ?? [])
            {
                if (--waiting[dependent] == 0)
                {
                    ready.Enqueue(dependent, dependent);
                }
            }
        }

        return order;
    }

    private static IEnumerable<string> Captured(NodeProto node) =>
        node.Input.Where(input => input.Length > 0)
            .Concat(node.Attribute.Where(attribute => attribute.G is not null).SelectMany(attribute => Captured(attribute.G)))
            .Concat(node.Attribute.SelectMany(attribute => attribute.Graphs).SelectMany(Captured));

    private static IEnumerable<string> Captured(GraphProto graph)
    {
        var own = graph.Input.Select(input => input.Name)
            .Concat(graph.Initializer.Select(tensor => tensor.Name))
            .Concat(graph.SparseInitializer.Select(tensor => tensor.Values?.Name ?? ""))
            .Concat(graph.Node.SelectMany(node => node.Output))
            .ToHashSet(StringComparer.Ordinal);
        return graph.Node.SelectMany(Captured)
            .Concat(graph.Output.Select(output => output.Name))
            .Where(name => !own.Contains(name));
    }
}
