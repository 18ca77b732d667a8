using System.Collections.Immutable;
using ModelSlim.Core.Axes;
using ModelSlim.Core.Graphs;
using ModelSlim.Training.FineTuning;

namespace ModelSlim.Training.Sparsity;

/// <summary>A graph in which layers have factors behind them, so that a channel fades when its factor does.</summary>
/// <param name="Opened">The graph with normalizations of their own.</param>
/// <param name="Graph">The graph to train.</param>
/// <param name="Free">Where free factors were put.</param>
/// <param name="Sites">All factors of channels that can go.</param>
internal sealed record ScaledGraph(
    OpenedGraph Opened, Graph Graph, ImmutableArray<FreeScale> Free, ImmutableArray<ScaleSite> Sites)
{
    /// <summary>Puts factors where channels have none.</summary>
    /// <param name="opened">The graph with normalizations of their own.</param>
    /// <param name="groups">The channels.</param>
    public static ScaledGraph Of(OpenedGraph opened, ImmutableArray<FadingGroup> groups)
    {
        var wanted = groups.SelectMany(fading => fading.Group.Members).ToHashSet();
        var insertion = new FreeScaleInsertion();
        var free = insertion.Find(opened.Graph, wanted.Select(axis => axis.Value).ToHashSet(StringComparer.Ordinal));
        var graph = insertion.Insert(opened.Graph, free);
        var index = new GraphIndex(graph);
        var normalized = graph.Nodes
            .Where(node => node.OpType == "BatchNormalization")
            .Select(node => new ScaleSite(new AxisRef(node.Outputs[0], 1), Stored(index, node.Inputs[1]), Stored(index, node.Inputs[2])));
        var added = free.Select(place => new ScaleSite(
            wanted.Where(axis => axis.Value == place.Output).Max(), place.Scale, null));
        return new ScaledGraph(opened, graph, free, [.. normalized.Concat(added).Where(site => wanted.Contains(site.Channels))]);
    }

    /// <summary>The graph as it was given, with what training gave it.</summary>
    /// <param name="trained"><see cref="Graph"/> after training.</param>
    public Graph Fold(Graph trained) => Opened.Fold(new FreeScaleInsertion().Fold(Opened.Graph, trained, Free));

    // Exporters store equal vectors once and name them again by Identity.
    private static string Stored(GraphIndex index, string value)
    {
        while (index.Producer(value) is { OpType: "Identity", Domain: "" } again)
        {
            value = again.Inputs[0];
        }

        return value;
    }
}
