using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Evaluation.Sessions;

/// <summary>How much memory the values of a model take while it runs.</summary>
internal static class LiveMemory
{
    /// <summary>Most bytes that are held at once between two nodes at the traced sizes, as float32; at least 1.</summary>
    public static long Peak(Graph graph, ValueTrace trace)
    {
        var lastUse = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < graph.Nodes.Length; i++)
        {
            foreach (var name in GraphIndex.Captured(graph.Nodes[i]))
            {
                lastUse[name] = i;
            }
        }

        long live = 0, peak = 1;
        var ends = new long[graph.Nodes.Length + 1];
        for (var i = 0; i < graph.Nodes.Length; i++)
        {
            foreach (var output in graph.Nodes[i].Outputs)
            {
                var bytes = trace.Shapes.TryGetValue(output, out var shape) ? TensorData.Count(shape) * sizeof(float) : 0;
                live += bytes;
                ends[lastUse.GetValueOrDefault(output, i)] += bytes;
            }

            peak = Math.Max(peak, live);
            live -= ends[i];
        }

        return peak;
    }
}
