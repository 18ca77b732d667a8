using System.Collections.Immutable;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Core.Graphs;

/// <summary>Equality by content. Floats are compared by their bits, so that NaN equals itself and 0 does not equal -0.</summary>
public static class GraphComparison
{
    /// <summary>True where two graphs are the same, node by node in the same order.</summary>
    public static bool Same(Graph a, Graph b) =>
        ReferenceEquals(a, b)
        || (a.Name == b.Name
            && Same(a.Inputs, b.Inputs, Same)
            && Same(a.Outputs, b.Outputs, Same)
            && Same(a.Nodes, b.Nodes, Same)
            && a.Opsets.SequenceEqual(b.Opsets)
            && a.Initializers.Count == b.Initializers.Count
            && a.Initializers.All(item => b.Initializers.TryGetValue(item.Key, out var other) && Same(item.Value, other)));

    /// <summary>True where two nodes are the same call with the same names.</summary>
    public static bool Same(Node a, Node b) =>
        ReferenceEquals(a, b)
        || (a.Name == b.Name
            && a.OpType == b.OpType
            && a.Domain == b.Domain
            && a.Inputs.AsSpan().SequenceEqual(b.Inputs.AsSpan())
            && a.Outputs.AsSpan().SequenceEqual(b.Outputs.AsSpan())
            && a.Attributes.Count == b.Attributes.Count
            && a.Attributes.All(item => b.Attributes.TryGetValue(item.Key, out var other) && Same(item.Value, other)));

    /// <summary>True where two attribute values are the same.</summary>
    public static bool Same(AttributeValue a, AttributeValue b) => (a, b) switch
    {
        _ when ReferenceEquals(a, b) => true,
        (AttributeValue.Ints x, AttributeValue.Ints y) => x.Values.AsSpan().SequenceEqual(y.Values.AsSpan()),
        (AttributeValue.Float x, AttributeValue.Float y) => Same(x.Value, y.Value),
        (AttributeValue.Floats x, AttributeValue.Floats y) => Same(x.Values, y.Values, Same),
        (AttributeValue.Texts x, AttributeValue.Texts y) => x.Values.AsSpan().SequenceEqual(y.Values.AsSpan()),
        (AttributeValue.Tensor x, AttributeValue.Tensor y) => Same(x.Value, y.Value),
        (AttributeValue.Subgraph x, AttributeValue.Subgraph y) => Same(x.Value, y.Value),
        _ => a.Equals(b),
    };

    /// <summary>True where two tensors have the same element type, shape and bytes.</summary>
    public static bool Same(TensorData a, TensorData b) =>
        ReferenceEquals(a, b)
        || (a.Type == b.Type
            && a.Shape.AsSpan().SequenceEqual(b.Shape.AsSpan())
            && (a.Bytes.Equals(b.Bytes) || a.Bytes.Span.SequenceEqual(b.Bytes.Span)));

    /// <summary>True where two declarations are the same.</summary>
    public static bool Same(GraphValue a, GraphValue b) =>
        a.Name == b.Name
        && a.Type == b.Type
        && a.Shape.IsDefault == b.Shape.IsDefault
        && (a.Shape.IsDefault || a.Shape.AsSpan().SequenceEqual(b.Shape.AsSpan()));

    private static bool Same(float a, float b) => BitConverter.SingleToUInt32Bits(a) == BitConverter.SingleToUInt32Bits(b);

    private static bool Same<T>(ImmutableArray<T> a, ImmutableArray<T> b, Func<T, T, bool> same)
    {
        if (a.Length != b.Length)
        {
            return false;
        }

        for (var i = 0; i < a.Length; i++)
        {
            if (!same(a[i], b[i]))
            {
                return false;
            }
        }

        return true;
    }
}
