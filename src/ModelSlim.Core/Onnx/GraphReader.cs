using System.Collections.Immutable;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx.Protobuf;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Core.Onnx;

/// <summary>Graph (ONNX <c>GraphProto</c>) to <see cref="Graph"/>. Only for graphs that were checked.</summary>
internal sealed class GraphReader
{
    private readonly ImmutableSortedDictionary<string, int> opsets;
    private readonly AttributeReader attributes;

    /// <summary>Reads graphs of one file.</summary>
    public GraphReader(ModelProto model)
    {
        opsets = model.OpsetImport
            .GroupBy(import => Domain(import.Domain), StringComparer.Ordinal)
            .ToImmutableSortedDictionary(
                group => group.Key,
                group => (int)Math.Clamp(group.Max(import => import.Version), 1, int.MaxValue),
                StringComparer.Ordinal);
        attributes = new AttributeReader(this);
    }

    /// <summary>The domain as graphs write it: ONNX's own is empty, whichever of its two names the file uses.</summary>
    public static string Domain(string domain) => domain == "ai.onnx" ? "" : domain;

    /// <summary>The graph, with its nodes in topological order.</summary>
    public Graph Read(GraphProto graph)
    {
        var stored = graph.Initializer.Select(tensor => tensor.Name)
            .Concat(graph.SparseInitializer.Select(tensor => tensor.Values?.Name ?? ""))
            .ToHashSet(StringComparer.Ordinal);
        var initializers = ImmutableDictionary.CreateBuilder<string, TensorData>(StringComparer.Ordinal);
        foreach (var tensor in graph.Initializer)
        {
            if (TensorReader.Read(tensor) is { } data)
            {
                initializers.Add(tensor.Name, data);
            }
        }

        foreach (var tensor in graph.SparseInitializer)
        {
            if (SparseTensors.Read(tensor) is { } data)
            {
                initializers.Add(tensor.Values.Name, data);
            }
        }

        return new Graph
        {
            Name = graph.Name,
            Inputs = [.. graph.Input.Where(input => !stored.Contains(input.Name)).Select(Value)],
            Outputs = [.. graph.Output.Select(Value)],
            Nodes = [.. TopologicalOrder.Of(graph.Node).Select(index => Read(graph.Node[index]))],
            Initializers = initializers.ToImmutable(),
            Opsets = opsets,
        };
    }

    /// <summary>A declared value.</summary>
    public static GraphValue Value(ValueInfoProto value)
    {
        var tensor = value.Type?.TensorType;
        var type = tensor?.ElemType is > 0 and <= (int)ElementType.BFloat16
            ? (ElementType)tensor.ElemType
            : ElementType.Undefined;
        return new GraphValue(
            value.Name,
            type,
            tensor?.Shape is null ? default : [.. tensor.Shape.Dim.Select(Axis)]);
    }

    private static Dimension Axis(TensorShapeProto.Types.Dimension axis) => axis.ValueCase switch
    {
        TensorShapeProto.Types.Dimension.ValueOneofCase.DimValue when axis.DimValue is >= 0 and <= int.MaxValue =>
            new Dimension((int)axis.DimValue, null),
        TensorShapeProto.Types.Dimension.ValueOneofCase.DimParam when axis.DimParam.Length > 0 =>
            new Dimension(null, axis.DimParam),
        _ => default,
    };

    private Node Read(NodeProto node) => new()
    {
        Name = node.Name,
        OpType = node.OpType,
        Domain = Domain(node.Domain),
        Inputs = [.. node.Input],
        Outputs = [.. node.Output],
        Attributes = node.Attribute.ToImmutableSortedDictionary(
            attribute => attribute.Name, attributes.Read, StringComparer.Ordinal),
    };
}
