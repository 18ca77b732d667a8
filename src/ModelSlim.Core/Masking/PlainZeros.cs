using ModelSlim.Core.Graphs;

namespace ModelSlim.Core.Masking;

/// <summary>
/// Takes the sign off zeros: a negative number times zero is one with a sign, which files of zeros neither leave out nor pack as well.
/// </summary>
public static class PlainZeros
{
    /// <summary>The graph with plain zeros.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="names">The stored tensors to look at, under the names that <see cref="StoredTensors"/> gives them.</param>
    public static Graph In(Graph graph, IReadOnlySet<string> names)
    {
        var open = StoredTensors.Out(graph);
        return StoredTensors.Back(
            open with
            {
                Initializers = open.Initializers.SetItems(
                    from entry in open.Initializers
                    where names.Contains(entry.Key)
                    let values = entry.Value.ToSingles()
                    where Array.Exists(values, value => value == 0 && float.IsNegative(value))
                    select KeyValuePair.Create(entry.Key, entry.Value.WithSingles(Array.ConvertAll(values, value => value == 0 ? 0 : value)))),
            },
            graph);
    }
}
