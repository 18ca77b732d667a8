using ModelSlim.Core.Dependencies;
using ModelSlim.Core.Graphs;
using ModelSlim.Evaluation.Repair;

namespace ModelSlim.Evaluation.Importance;

/// <summary>Finds the layers that read each channel group.</summary>
internal sealed class ReaderFinder
{
    /// <summary>For each group, in order, its readers in graph order; none where what reads it has no stored weight.</summary>
    public ChannelReader[][] Find(Graph graph, ValueTrace trace, DependencyGraph dependencies)
    {
        var sites = new FitSiteFinder(graph, trace).Find().ToDictionary(site => site.Weight, StringComparer.Ordinal);
        return
        [
            .. dependencies.Groups.Select(group => Enumerable.Range(0, group.Members.Length)
                .Where(member => sites.ContainsKey(group.Members[member].Value))
                .Select(member => new ChannelReader(
                    sites[group.Members[member].Value],
                    group.Members[member].Axis,
                    [.. group.Places.Select(places => places[member])]))
                .OrderBy(reader => graph.Nodes.IndexOf(reader.Site.Node))
                .ToArray()),
        ];
    }
}
