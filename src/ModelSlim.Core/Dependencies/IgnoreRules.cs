using System.Collections.Immutable;
using System.IO.Enumeration;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Recipes;

namespace ModelSlim.Core.Dependencies;

/// <summary>Finds the values that <c>prune.ignore</c> means.</summary>
public sealed class IgnoreRules
{
    /// <summary>
    /// Resolves globs. A glob that names a node means what the node stores, its branches too, and puts out; one that names a value, or what
    /// a branch stores, means the value, and what the branches store that make it. A slash at the front does not count.
    /// </summary>
    /// <returns>The values, or MSLIM5002 for each glob that matches nothing.</returns>
    public Result<ImmutableSortedSet<string>> Resolve(GraphIndex index, ImmutableArray<IgnorePattern> patterns)
    {
        var values = index.Graph.Nodes.SelectMany(node => node.Inputs.Concat(node.Outputs).Concat(node.Subgraphs.SelectMany(Stored)))
            .Where(value => value.Length > 0).Distinct().ToArray();
        var found = ImmutableSortedSet.CreateBuilder<string>(StringComparer.Ordinal);
        var unmatched = new List<Diagnostic>();
        foreach (var pattern in patterns)
        {
            var nodes = index.Graph.Nodes.Where(node => Matches(pattern.Glob, node.Name)).ToArray();
            var branched = index.Graph.Nodes.Where(node => node.Subgraphs.Any() && (nodes.Contains(node) || node.Outputs.Any(output => Matches(pattern.Glob, output))));
            var hits = values.Where(value => Matches(pattern.Glob, value))
                .Concat(nodes.SelectMany(node => node.Outputs.Concat(node.Inputs.Where(index.Constants.ContainsKey))))
                .Concat(branched.SelectMany(node => node.Subgraphs.SelectMany(Stored).Concat(GraphIndex.Captured(node).Where(index.Constants.ContainsKey))))
                .Where(value => value.Length > 0)
                .ToArray();
            found.UnionWith(hits);
            if (hits.Length == 0)
            {
                unmatched.Add(DiagnosticCodes.IgnoreMatchesNothing.At(
                    pattern.Location,
                    $"prune.ignore: '{pattern.Glob}' matches no node and no tensor; modelslim inspect lists the names"));
            }
        }

        return unmatched.Count > 0 ? Result<ImmutableSortedSet<string>>.Failed(unmatched) : found.ToImmutable();
    }

    private static IEnumerable<string> Stored(Graph inner) => new GraphIndex(inner).Constants.Keys.Concat(inner.Nodes.SelectMany(node => node.Subgraphs).SelectMany(Stored));

    private static bool Matches(string glob, string name) =>
        name.Length > 0 && FileSystemName.MatchesSimpleExpression(glob.TrimStart('/'), name.TrimStart('/'), ignoreCase: false);
}
