using System.Collections.Immutable;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Evaluation.Tests.Conformance;

/// <summary>A node on stored inputs, and how many channels of it must turn out to be removable.</summary>
/// <param name="Name">Name of the case.</param>
/// <param name="Opset">Version of the ONNX operators.</param>
/// <param name="Node">The node; inputs are named x0, x1 ..., outputs y0, y1 ...</param>
/// <param name="Inputs">
/// The inputs in order, and what subgraphs read besides; an input of another type than float stands for a size or a bound.
/// </param>
/// <param name="Channels">Removable channels over all groups.</param>
public sealed record OperatorCase(string Name, int Opset, Node Node, ImmutableArray<TensorData?> Inputs, int Channels)
{
    /// <summary>Names of the outputs that are given.</summary>
    public IEnumerable<string> Outputs => Node.Outputs.Where(output => output.Length > 0);

    /// <summary>The graph of the case: every input is stored, so that all of its axes may be cut.</summary>
    public Graph Graph => new()
    {
        Name = "case",
        Inputs = [],
        Outputs = [.. Outputs.Select(output => new GraphValue(output, ElementType.Undefined, default))],
        Nodes = [Node],
        Initializers = Inputs.Select((tensor, i) => (Name: $"x{i}", tensor))
            .Where(input => input.tensor is not null)
            .ToImmutableDictionary(input => input.Name, input => input.tensor!),
        Opsets = ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal).Add("", Opset).Add(OperatorCaseBuilder.Fused, 1),
    };

    /// <inheritdoc/>
    public override string ToString() => $"{Name} (opset {Opset})";
}
