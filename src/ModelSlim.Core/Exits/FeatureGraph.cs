using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Core.Exits;

/// <summary>A graph that gives, beside its output, the features at each of some places.</summary>
public sealed class FeatureGraph
{
    /// <summary>Makes it.</summary>
    /// <param name="index">The graph.</param>
    /// <param name="places">The places.</param>
    /// <returns>The graph, with the features behind its own output in the order of the places.</returns>
    public Graph Of(GraphIndex index, IReadOnlyList<ExitPlace> places)
    {
        var names = new FreshNames(index);
        var nodes = index.Graph.Nodes.ToBuilder();
        var outputs = index.Graph.Outputs.ToBuilder();
        foreach (var place in places)
        {
            var (added, features) = FeatureNodes.Of(place, names);
            if (added.IsEmpty)
            {
                // A value may be an output once, so it goes out under a name of its own.
                var name = names.Of("early_exit/features");
                added = [new Node { Name = name, OpType = "Identity", Inputs = [features], Outputs = [name] }];
                features = name;
            }

            nodes.AddRange(added);
            outputs.Add(new GraphValue(features, ElementType.Float, [index.Graph.Outputs[0].Shape is [var batch, ..] ? batch : default, new Dimension(place.Window.Features, null)]));
        }

        return index.Graph with { Nodes = nodes.ToImmutable(), Outputs = outputs.ToImmutable() };
    }
}
