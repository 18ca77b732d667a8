using System.Collections.Immutable;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Core.Graphs;

/// <summary>An ONNX graph: nodes in topological order, connected by named values. Immutable; a change is a new graph.</summary>
public sealed record Graph
{
    /// <summary>Name of the graph.</summary>
    public string Name { get; init; } = "";

    /// <summary>Inputs that the caller feeds. Initializers that old files also list as inputs are not among them.</summary>
    public required ImmutableArray<GraphValue> Inputs { get; init; }

    /// <summary>Outputs.</summary>
    public required ImmutableArray<GraphValue> Outputs { get; init; }

    /// <summary>Nodes, each after the producers of its inputs.</summary>
    public required ImmutableArray<Node> Nodes { get; init; }

    /// <summary>Stored tensors by value name. Outputs of Constant nodes are not among them: see <see cref="GraphIndex"/>.</summary>
    public required ImmutableDictionary<string, TensorData> Initializers { get; init; }

    /// <summary>Version of each operator domain; the ONNX operators are under the empty name.</summary>
    public required ImmutableSortedDictionary<string, int> Opsets { get; init; }

    /// <summary>Version of the ONNX operators.</summary>
    public int Opset => Opsets.GetValueOrDefault("", 1);

    /// <summary>This graph with other values of some constants, whether they are initializers or outputs of Constant nodes.</summary>
    /// <param name="values">New values by name, each of the old shape and element type.</param>
    public Graph WithConstants(IReadOnlyDictionary<string, TensorData> values)
    {
        var initializers = Initializers.ToBuilder();
        foreach (var (name, tensor) in values.Where(value => Initializers.ContainsKey(value.Key)))
        {
            initializers[name] = tensor;
        }

        return this with
        {
            Initializers = initializers.ToImmutable(),
            Nodes =
            [
                .. Nodes.Select(node => node is { OpType: "Constant", Domain: "", Outputs: [var name] } && values.TryGetValue(name, out var tensor)
                    ? node with
                    {
                        Attributes = ImmutableSortedDictionary.Create<string, AttributeValue>(StringComparer.Ordinal)
                            .Add("value", new AttributeValue.Tensor(tensor)),
                    }
                    : node),
            ],
        };
    }
}
