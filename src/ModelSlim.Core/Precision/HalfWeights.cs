using System.Collections.Immutable;
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

    /// <summary>A model whose matrices are stored so, as far as 16 bits hold them, those in branches too.</summary>
    /// <param name="model">The model.</param>
    public static OnnxModel Of(OnnxModel model) => Of(model, Fits, ImmutableDictionary<string, HalfTensor>.Empty);

    /// <summary>A model that was opened, with what was stored in 16 bits stored so again.</summary>
    /// <param name="model">The model.</param>
    /// <param name="known">What was stored so.</param>
    /// <param name="all">True to store matrices so that were not.</param>
    public static OnnxModel Of(OnnxModel model, IReadOnlyDictionary<string, HalfTensor> known, bool all) => Of(model, tensor => all && Fits(tensor), known);

    /// <summary>What a model stores in 16 bits and a Cast alone reads, by the name of what the Cast makes.</summary>
    /// <param name="graph">Its graph.</param>
    public static ImmutableDictionary<string, HalfTensor> StoredIn(Graph graph)
    {
        var fixedNames = graph.Outputs.Concat(graph.Inputs).Select(value => value.Name).ToHashSet(StringComparer.Ordinal);
        var once = graph.Nodes.SelectMany(GraphIndex.Captured).GroupBy(name => name, StringComparer.Ordinal)
            .Where(uses => uses.Count() == 1).Select(uses => uses.Key).ToHashSet(StringComparer.Ordinal);
        return graph.Nodes
            .Where(node => node.OpType == "Cast" && node.Domain.Length == 0
                && node.Attributes.GetValueOrDefault("to") is AttributeValue.Int { Value: (int)ElementType.Float }
                && once.Contains(node.Inputs[0]) && !node.Inputs.Concat(node.Outputs).Any(fixedNames.Contains)
                && graph.Initializers.GetValueOrDefault(node.Inputs[0]) is { Type: ElementType.Float16 or ElementType.BFloat16 })
            .ToImmutableDictionary(node => node.Outputs[0], node => new HalfTensor(node, graph.Initializers[node.Inputs[0]].Type), StringComparer.Ordinal);
    }

    /// <summary>
    /// A model whose weights, stored in 16 bits and read by a Cast alone, are stored in 32 bits, without the Cast: as those who work on
    /// weights want them.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <returns>The model itself where there are none.</returns>
    public static OnnxModel Opened(OnnxModel model)
    {
        var (graph, stored) = (model.Graph, StoredIn(model.Graph));
        return stored.IsEmpty ? model : model.With(graph with
        {
            Nodes = graph.Nodes.RemoveRange(stored.Values.Select(half => half.Cast)),
            Initializers = graph.Initializers.RemoveRange(stored.Values.Select(half => half.Cast.Inputs[0])).AddRange(stored.Select(half =>
                KeyValuePair.Create(half.Key, Wide(graph.Initializers[half.Value.Cast.Inputs[0]])))),
        });
    }

    private static TensorData Wide(TensorData tensor) => TensorData.From(tensor.Shape, tensor.ToSingles());

    private static OnnxModel Of(OnnxModel model, Predicate<TensorData> fits, IReadOnlyDictionary<string, HalfTensor> known) =>
        model.With(new Halving(fits, known, new FreshNames(new GraphIndex(model.Graph))).Of(model.Graph));

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
}
