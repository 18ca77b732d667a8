using System.Collections.Immutable;
using System.Runtime.InteropServices;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Core.Precision;

/// <summary>
/// Stores weights in 16 bits each (IEEE 754 binary16) and has an ONNX Cast read them as 32 bits again. A runtime does that once, when it
/// loads the model, so that computations are what they were, but for the rounding of the weights.
/// </summary>
public static class HalfWeights
{
    // The Cast, its name and the name of the tensor take about a hundred bytes.
    private const int FewestElements = 128;

    // Unit roundoff of 11 bits, with a margin for weights that get so small that they lose bits.
    private const float LargestError = 1f / 1024;

    /// <summary>Bytes that the elements of a stored tensor take.</summary>
    /// <param name="tensor">The tensor.</param>
    public static long BytesOf(TensorData tensor) => Fits(tensor) ? tensor.Length * sizeof(ushort) : tensor.Bytes.Length;

    /// <summary>A model whose weights are stored so, those in branches too.</summary>
    /// <param name="model">The model.</param>
    public static OnnxModel Of(OnnxModel model) => model.With(Of(model.Graph, new FreshNames(new GraphIndex(model.Graph))));

    /// <summary>True where a model stores weights so.</summary>
    /// <param name="graph">Its graph.</param>
    public static bool AreIn(Graph graph) => Casts(graph).Length > 0;

    /// <summary>
    /// A model whose weights, stored in 16 bits and read by a Cast alone, are stored in 32 bits, without the Cast: as those who work on
    /// weights want them.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <returns>The model itself where there are none.</returns>
    public static OnnxModel Opened(OnnxModel model)
    {
        var (graph, casts) = (model.Graph, Casts(model.Graph));
        return casts.Length == 0 ? model : model.With(graph with
        {
            Nodes = graph.Nodes.RemoveRange(casts),
            Initializers = graph.Initializers.RemoveRange(casts.Select(cast => cast.Inputs[0])).AddRange(casts.Select(cast =>
                KeyValuePair.Create(cast.Outputs[0], TensorData.From(graph.Initializers[cast.Inputs[0]].Shape, graph.Initializers[cast.Inputs[0]].ToSingles())))),
        });
    }

    private static Node[] Casts(Graph graph)
    {
        var fixedNames = graph.Outputs.Concat(graph.Inputs).Select(value => value.Name).ToHashSet(StringComparer.Ordinal);
        var once = graph.Nodes.SelectMany(GraphIndex.Captured).GroupBy(name => name, StringComparer.Ordinal)
            .Where(uses => uses.Count() == 1).Select(uses => uses.Key).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. graph.Nodes.Where(node => node.OpType == "Cast" && node.Domain.Length == 0
                && node.Attributes.GetValueOrDefault("to") is AttributeValue.Int { Value: (int)ElementType.Float }
                && once.Contains(node.Inputs[0]) && !node.Inputs.Concat(node.Outputs).Any(fixedNames.Contains)
                && graph.Initializers.GetValueOrDefault(node.Inputs[0]) is { Type: ElementType.Float16 or ElementType.BFloat16 }),
        ];
    }

    private static Graph Of(Graph graph, FreshNames names)
    {
        var outputs = graph.Outputs.Select(output => output.Name).ToHashSet(StringComparer.Ordinal);
        var inputs = graph.Inputs.Select(input => input.Name).ToHashSet(StringComparer.Ordinal);
        var initializers = graph.Initializers.ToBuilder();
        var casts = new List<Node>();
        foreach (var (name, tensor) in graph.Initializers.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            if (!outputs.Contains(name) && !inputs.Contains(name) && Fits(tensor))
            {
                var half = names.Of($"{name}/fp16");
                initializers.Remove(name);
                initializers[half] = Rounded(tensor);
                casts.Add(new Node { Name = half, OpType = "Cast", Inputs = [half], Outputs = [name] }.With("to", new AttributeValue.Int((int)ElementType.Float)));
            }
        }

        return graph with { Initializers = initializers.ToImmutable(), Nodes = [.. casts, .. graph.Nodes.Select(node => Of(node, names))] };
    }

    private static Node Of(Node node, FreshNames names) => !node.Subgraphs.Any() ? node : node with
    {
        Attributes = node.Attributes.SetItems(node.Attributes
            .Where(attribute => attribute.Value is AttributeValue.Subgraph)
            .Select(attribute => KeyValuePair.Create(attribute.Key, (AttributeValue)new AttributeValue.Subgraph(Of(((AttributeValue.Subgraph)attribute.Value).Value, names))))),
    };

    // Vectors, such as biases and what a normalization goes by, are small and stay as they are.
    private static bool Fits(TensorData tensor)
    {
        if (tensor.Type != ElementType.Float || tensor.Shape.Length < 2 || tensor.Length < FewestElements)
        {
            return false;
        }

        var (largest, error) = (0f, 0f);
        foreach (var value in tensor.AsSingles())
        {
            largest = Math.Max(largest, Math.Abs(value));
            error = Math.Max(error, Math.Abs((float)(Half)value - value));
        }

        return float.IsFinite(largest) && error <= LargestError * largest;
    }

    private static TensorData Rounded(TensorData tensor)
    {
        var bytes = new byte[checked(tensor.Length * sizeof(ushort))];
        var halves = MemoryMarshal.Cast<byte, Half>(bytes.AsSpan());
        var values = tensor.AsSingles();
        for (var i = 0; i < values.Length; i++)
        {
            halves[i] = (Half)values[i];
        }

        return new TensorData(ElementType.Float16, tensor.Shape, bytes);
    }
}
