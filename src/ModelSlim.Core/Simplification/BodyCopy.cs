using System.Collections.Immutable;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Core.Simplification;

/// <summary>A copy of the subgraph of a node, with names that nothing else has.</summary>
/// <param name="Nodes">The nodes.</param>
/// <param name="Initializers">What they store.</param>
/// <param name="Outputs">Names of the outputs.</param>
internal sealed record BodyCopy(
    ImmutableArray<Node> Nodes, ImmutableDictionary<string, TensorData> Initializers, ImmutableArray<string> Outputs)
{
    /// <summary>Copies a subgraph.</summary>
    /// <param name="body">The subgraph.</param>
    /// <param name="prefix">What the new names begin with.</param>
    /// <param name="inputs">Names of the values that are its inputs.</param>
    /// <param name="names">Gives out names.</param>
    public static BodyCopy Of(Graph body, string prefix, IReadOnlyList<string> inputs, FreshNames names)
    {
        var renamed = body.Inputs.Zip(inputs).ToDictionary(input => input.First.Name, input => input.Second, StringComparer.Ordinal);
        foreach (var own in body.Initializers.Keys.Order(StringComparer.Ordinal)
            .Concat(body.Nodes.SelectMany(node => node.Outputs)).Where(name => name.Length > 0))
        {
            renamed[own] = names.Of($"{prefix}/{own}");
        }

        var renaming = new Renaming(renamed);
        return new BodyCopy(
            [.. body.Nodes.Select(node => renaming.Of(node) with { Name = node.Name.Length > 0 ? $"{prefix}/{node.Name}" : "" })],
            body.Initializers.ToImmutableDictionary(stored => renamed[stored.Key], stored => stored.Value, StringComparer.Ordinal),
            [.. body.Outputs.Select(output => renaming.Of(output.Name))]);
    }

    /// <summary>True where the subgraph says something that ModelSlim keeps but cannot write anew.</summary>
    public static bool IsOpaque(Graph body) => body.Nodes.SelectMany(node => node.Attributes.Values)
        .Any(value => value is AttributeValue.Opaque || (value is AttributeValue.Subgraph inner && IsOpaque(inner.Value)));
}
