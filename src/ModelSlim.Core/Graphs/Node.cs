using System.Collections.Immutable;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Core.Graphs;

/// <summary>One operator call of a graph (ONNX <c>NodeProto</c>). Immutable.</summary>
public sealed record Node
{
    /// <summary>Name as the exporter gave it; may be empty.</summary>
    public string Name { get; init; } = "";

    /// <summary>Operator, such as <c>Conv</c>.</summary>
    public required string OpType { get; init; }

    /// <summary>Operator domain; empty for the ONNX operators (<c>ai.onnx</c>).</summary>
    public string Domain { get; init; } = "";

    /// <summary>Names of the input values; an empty name is an optional input left out.</summary>
    public required ImmutableArray<string> Inputs { get; init; }

    /// <summary>Names of the output values; an empty name is an optional output left out.</summary>
    public required ImmutableArray<string> Outputs { get; init; }

    /// <summary>Attributes by name.</summary>
    public ImmutableSortedDictionary<string, AttributeValue> Attributes { get; init; } =
        ImmutableSortedDictionary.Create<string, AttributeValue>(StringComparer.Ordinal);

    /// <summary>How to name this node to a user: its name, or operator and first output where it has none.</summary>
    public string Label => Name.Length > 0 ? Name : $"{OpType}({Outputs.FirstOrDefault(o => o.Length > 0) ?? ""})";

    /// <summary>The graphs inside, as the branches of If and the body of Loop.</summary>
    public IEnumerable<Graph> Subgraphs => Attributes.Values.OfType<AttributeValue.Subgraph>().Select(subgraph => subgraph.Value);

    /// <summary>True where the node, or one inside it, says something that is kept and not read, so that it cannot be written at another place.</summary>
    public bool IsOpaque =>
        Attributes.Values.Any(value => value is AttributeValue.Opaque) || Subgraphs.Any(inner => inner.Nodes.Any(node => node.IsOpaque));

    /// <summary>Name of input <paramref name="index"/>, or empty where the node has no such input.</summary>
    public string Input(int index) => index < Inputs.Length ? Inputs[index] : "";

    /// <summary>An integer attribute, or <paramref name="otherwise"/> where it is absent.</summary>
    public long GetInt(string name, long otherwise) =>
        Attributes.TryGetValue(name, out var value) && value is AttributeValue.Int number ? number.Value : otherwise;

    /// <summary>A float attribute, or <paramref name="otherwise"/> where it is absent.</summary>
    public float GetFloat(string name, float otherwise) =>
        Attributes.TryGetValue(name, out var value) && value is AttributeValue.Float number ? number.Value : otherwise;

    /// <summary>A string attribute, or <paramref name="otherwise"/> where it is absent.</summary>
    public string GetText(string name, string otherwise) =>
        Attributes.TryGetValue(name, out var value) && value is AttributeValue.Text text ? text.Value : otherwise;

    /// <summary>A list-of-integers attribute; default (not initialised) where it is absent.</summary>
    public ImmutableArray<long> GetInts(string name) =>
        Attributes.TryGetValue(name, out var value) && value is AttributeValue.Ints numbers ? numbers.Values : default;

    /// <summary>A tensor attribute, or null where it is absent.</summary>
    public TensorData? GetTensor(string name) =>
        Attributes.TryGetValue(name, out var value) && value is AttributeValue.Tensor tensor ? tensor.Value : null;

    /// <summary>This node with one attribute set.</summary>
    public Node With(string attribute, AttributeValue value) => this with { Attributes = Attributes.SetItem(attribute, value) };

    /// <summary>This node with its subgraphs changed; the node itself where it has none.</summary>
    public Node WithSubgraphs(Func<Graph, Graph> change) => !Subgraphs.Any() ? this : this with
    {
        Attributes = Attributes.SetItems(Attributes.Select(attribute => KeyValuePair.Create(
            attribute.Key, attribute.Value is AttributeValue.Subgraph inner ? new AttributeValue.Subgraph(change(inner.Value)) : attribute.Value))),
    };
}
