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
}
