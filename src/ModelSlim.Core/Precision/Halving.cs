using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Core.Precision;

/// <summary>Stores tensors of a graph, and of all that it holds, in 16 bits an element, each with a Cast that reads it.</summary>
/// <param name="fits">Tells which tensors.</param>
/// <param name="known">Those that were stored so before, which are stored so again, under the same name.</param>
/// <param name="names">Gives names to the others.</param>
internal sealed class Halving(Predicate<TensorData> fits, IReadOnlyDictionary<string, HalfTensor> known, FreshNames names)
{
    /// <summary>The graph with them stored so.</summary>
    public Graph Of(Graph graph)
    {
        var fixedNames = graph.Outputs.Concat(graph.Inputs).Select(value => value.Name).ToHashSet(StringComparer.Ordinal);
        var initializers = graph.Initializers.ToBuilder();
        var casts = new List<Node>();
        foreach (var (name, tensor) in graph.Initializers.Where(entry => !fixedNames.Contains(entry.Key)).OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            if (Cast(name, tensor) is not { } half)
            {
                continue;
            }

            initializers.Remove(name);
            initializers[half.Cast.Inputs[0]] = Rounded(half.Type, tensor);
            casts.Add(half.Cast);
        }

        return graph with { Initializers = initializers.ToImmutable(), Nodes = [.. casts, .. graph.Nodes.Select(node => node.WithSubgraphs(Of))] };
    }

    // What rounds to zero loses its sign: files of zeros leave out plain ones alone, and pack them better.
    private static TensorData Rounded(ElementType type, TensorData tensor)
    {
        var rounded = TensorData.From(type, tensor.Shape, tensor.AsSingles());
        var values = rounded.ToSingles();
        return Array.Exists(values, value => value == 0 && float.IsNegative(value))
            ? TensorData.From(type, tensor.Shape, Array.ConvertAll(values, value => value == 0 ? 0 : value))
            : rounded;
    }

    // What 16 bits can no longer hold is no number there.
    private HalfTensor? Cast(string name, TensorData tensor)
    {
        if (tensor.Type == ElementType.Float && known.TryGetValue(name, out var before) && Holds(before.Type, tensor))
        {
            return before;
        }

        if (!fits(tensor))
        {
            return null;
        }

        var half = names.Of($"{name}/fp16");
        return new HalfTensor(
            new Node { Name = half, OpType = "Cast", Inputs = [half], Outputs = [name] }.With("to", new AttributeValue.Int((int)ElementType.Float)), ElementType.Float16);
    }

    private static bool Holds(ElementType type, TensorData tensor)
    {
        foreach (var value in tensor.AsSingles())
        {
            if (type == ElementType.Float16 && float.IsFinite(value) && !Half.IsFinite((Half)value))
            {
                return false;
            }
        }

        return true;
    }
}
