using System.Collections.Immutable;
using ModelSlim.Core.Graphs;

namespace ModelSlim.Core.Simplification;

/// <summary>A copy of the subgraph of a node, with names that nothing else has.</summary>
/// <param name="Nodes">The nodes.</param>
/// <param name="Outputs">Names of the outputs.</param>
internal sealed record BodyCopy(ImmutableArray<Node> Nodes, ImmutableArray<string> Outputs)
{
    /// <summary>Stores what a subgraph stores, once however often it is copied.</summary>
    /// <returns>The new names.</returns>
    public static IReadOnlyDictionary<string, string> Store(Graph body, string prefix, SimpleGraph graph) => new GraphIndex(body).Constants
        .OrderBy(stored => stored.Key, StringComparer.Ordinal)
        .ToDictionary(stored => stored.Key, stored => graph.Store($"{prefix}/{stored.Key}", stored.Value), StringComparer.Ordinal);

    /// <summary>Copies a subgraph.</summary>
    /// <param name="body">The subgraph.</param>
    /// <param name="stored">Names of what it stores.</param>
    /// <param name="prefix">What the new names begin with.</param>
    /// <param name="inputs">Names of the values that are its inputs.</param>
    /// <param name="names">Gives out names.</param>
    public static BodyCopy Of(Graph body, IReadOnlyDictionary<string, string> stored, string prefix, IReadOnlyList<string> inputs, FreshNames names)
    {
        var renamed = new Dictionary<string, string>(stored, StringComparer.Ordinal);
        foreach (var (input, value) in body.Inputs.Zip(inputs))
        {
            renamed[input.Name] = value;
        }

        ImmutableArray<Node> nodes = [.. body.Nodes.Where(node => !node.Outputs.Any(stored.ContainsKey))];
        foreach (var own in nodes.SelectMany(node => node.Outputs).Where(name => name.Length > 0))
        {
            renamed[own] = names.Of($"{prefix}/{own}");
        }

        var renaming = new Renaming(renamed);
        return new BodyCopy(
            [.. nodes.Select(node => renaming.Of(node) with { Name = node.Name.Length > 0 ? $"{prefix}/{node.Name}" : "" })],
            [.. body.Outputs.Select(output => renaming.Of(output.Name))]);
    }
}
