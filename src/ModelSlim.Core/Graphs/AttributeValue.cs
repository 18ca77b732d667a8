using System.Collections.Immutable;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Core.Graphs;

/// <summary>Value of a node's attribute (ONNX <c>AttributeProto</c>).</summary>
public abstract record AttributeValue
{
    private AttributeValue()
    {
    }

    /// <summary>One integer.</summary>
    public sealed record Int(long Value) : AttributeValue;

    /// <summary>A list of integers.</summary>
    public sealed record Ints(ImmutableArray<long> Values) : AttributeValue;

    /// <summary>One float.</summary>
    public sealed record Float(float Value) : AttributeValue;

    /// <summary>A list of floats.</summary>
    public sealed record Floats(ImmutableArray<float> Values) : AttributeValue;

    /// <summary>A string.</summary>
    public sealed record Text(string Value) : AttributeValue;

    /// <summary>A list of strings.</summary>
    public sealed record Texts(ImmutableArray<string> Values) : AttributeValue;

    /// <summary>A tensor.</summary>
    public sealed record Tensor(TensorData Value) : AttributeValue;

    /// <summary>A subgraph, as in If, Loop and Scan.</summary>
    public sealed record Subgraph(Graph Value) : AttributeValue;

    /// <summary>A kind ModelSlim keeps but does not read: sparse tensors, types, lists of tensors or graphs, references.</summary>
    /// <param name="Kind">Name of the kind.</param>
    public sealed record Opaque(string Kind) : AttributeValue;
}
