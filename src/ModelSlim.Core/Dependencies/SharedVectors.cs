using System.Collections.Immutable;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Core.Dependencies;

/// <summary>
/// Gives every layer its own vectors. Exporters store equal vectors once, such as the biases and scales that training has not
/// moved yet, and that would tie the channels of layers that have nothing to do with each other. Vectors are small, so that a copy
/// costs next to nothing. A layer that is applied more than once keeps its one vector, and matrices stay shared.
/// </summary>
public sealed class SharedVectors
{
    /// <summary>The graph with a copy of a shared vector for each layer but the first that reads it.</summary>
    public UnsharedGraph Unshare(Graph graph)
    {
        var index = new GraphIndex(graph);
        var names = new FreshNames(index);
        var initializers = graph.Initializers.ToBuilder();
        var origins = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        var renamed = new Dictionary<(Node Node, string Vector), string>();
        foreach (var (vector, tensor) in index.Constants.Where(constant => IsVector(constant.Value)).OrderBy(constant => constant.Key, StringComparer.Ordinal))
        {
            var readers = index.Consumers(vector);
            if (readers.Count < 2 || index.IsOutput(vector) || readers.Any(node => !node.Inputs.Contains(vector) || node.Subgraphs.Any()))
            {
                continue;
            }

            foreach (var layer in Layers(readers, index).Skip(1))
            {
                var copy = names.Of($"{vector}/{layer[0].Outputs.First(output => output.Length > 0)}");
                initializers[copy] = tensor;
                origins[copy] = vector;
                foreach (var node in layer)
                {
                    renamed[(node, vector)] = copy;
                }
            }
        }

        return origins.Count == 0
            ? new UnsharedGraph(graph, origins.ToImmutable())
            : new UnsharedGraph(
                graph with
                {
                    Initializers = initializers.ToImmutable(),
                    Nodes = [.. graph.Nodes.Select(node => node with { Inputs = [.. node.Inputs.Select(input => renamed.GetValueOrDefault((node, input), input))] })],
                },
                origins.ToImmutable());
    }

    // At most one axis has more than one index, and one has.
    private static bool IsVector(TensorData tensor) => tensor.IsFloatingPoint && tensor.Length > 1 && tensor.Shape.Max() == tensor.Length;

    // In the order of the graph. Nodes are of one layer where the same matrices are at work in them or just before them.
    private static IEnumerable<Node[]> Layers(IEnumerable<Node> readers, GraphIndex index) => readers
        .Select((node, place) => (Node: node, Matrices: Matrices(node, index) is { Length: > 0 } matrices ? matrices : $"\0{place}"))
        .GroupBy(reader => reader.Matrices, StringComparer.Ordinal)
        .Select(layer => layer.Select(reader => reader.Node).ToArray());

    private static string Matrices(Node node, GraphIndex index) => Own(node, index) is { Length: > 0 } own
        ? own
        : string.Join('\n', node.Inputs.Select(index.Producer).OfType<Node>().Select(producer => Own(producer, index)).Where(name => name.Length > 0));

    private static string Own(Node node, GraphIndex index) => string.Join(
        '\n', node.Inputs.Where(input => index.Constant(input) is { IsFloatingPoint: true, Length: > 1 } tensor && !IsVector(tensor)));
}
