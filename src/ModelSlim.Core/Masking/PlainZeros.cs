using ModelSlim.Core.Graphs;

namespace ModelSlim.Core.Masking;

/// <summary>
/// Takes the sign off zeros: a negative number times zero is one with a sign, which files of zeros neither leave out nor pack as well.
/// </summary>
public static class PlainZeros
{
    /// <summary>The graph with plain zeros.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="names">The initializers to look at.</param>
    public static Graph In(Graph graph, IEnumerable<string> names) => graph with
    {
        Initializers = graph.Initializers.SetItems(
            from name in names
            let values = graph.Initializers[name].ToSingles()
            where Array.Exists(values, value => value == 0 && float.IsNegative(value))
            select KeyValuePair.Create(name, graph.Initializers[name].WithSingles(Array.ConvertAll(values, value => value == 0 ? 0 : value)))),
    };
}
