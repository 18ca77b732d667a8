using System.Collections.Immutable;
using ModelSlim.Core.Axes;
using ModelSlim.Core.Graphs;
using ModelSlim.Training.Modules;

namespace ModelSlim.Training.Sparsity;

/// <summary>What training can take hold of in a group of channels.</summary>
/// <param name="Id">Id of the group.</param>
/// <param name="Going">How many of its channels are to go.</param>
/// <param name="Scales">The factors behind the layers that make the channels; where there are none, the first weights of the group.</param>
/// <param name="Outputs">Those, and what is added behind them: where all of it is 0, the channel is.</param>
/// <param name="Everything">Those, and the weights of the layers that read the channels.</param>
internal sealed record GroupSlices(string Id, int Going, ChannelSlices Scales, ChannelSlices Outputs, ChannelSlices Everything)
{
    /// <summary>Number of channels.</summary>
    public int Channels => Scales.Channels;

    /// <summary>Finds them; a group that no parameter belongs to is left out.</summary>
    /// <param name="scaled">The graph in training.</param>
    /// <param name="groups">The groups.</param>
    /// <param name="module">The graph as a module.</param>
    public static ImmutableArray<GroupSlices> Of(ScaledGraph scaled, ImmutableArray<FadingGroup> groups, GraphModule module)
    {
        var sites = scaled.Sites.ToLookup(site => site.Channels);
        var made = Makers(scaled);
        return [.. groups.Select(fading => Of(fading, sites, made, module)).Where(slices => !slices.Scales.IsEmpty)];
    }

    private static GroupSlices Of(
        FadingGroup fading, ILookup<AxisRef, ScaleSite> sites, HashSet<AxisRef> made, GraphModule module)
    {
        var group = fading.Group;
        var scales = new List<(int Member, string Parameter, int Axis)>();
        var shifts = new List<(int Member, string Parameter, int Axis)>();
        var weights = new List<(int Member, string Parameter, int Axis)>();
        for (var member = 0; member < group.Members.Length; member++)
        {
            var axis = group.Members[member];
            foreach (var site in sites[axis].Where(site => module.Parameters.ContainsKey(site.Scale)))
            {
                scales.Add((member, site.Scale, 0));
                if (site.Shift is { } shift && module.Parameters.ContainsKey(shift))
                {
                    shifts.Add((member, shift, 0));
                }
            }

            if (module.Parameters.TryGetValue(axis.Value, out var weight) && weight.dim() > 1)
            {
                weights.Add((member, axis.Value, axis.Axis));
            }
        }

        if (scales.Count == 0)
        {
            scales.AddRange(weights.Take(1));
        }

        var readers = weights.Where(weight => !made.Contains(new AxisRef(weight.Parameter, weight.Axis)) && !scales.Contains(weight));
        return new GroupSlices(
            group.Id,
            fading.Going,
            ChannelSlices.Of(group, scales),
            ChannelSlices.Of(group, scales.Concat(shifts)),
            ChannelSlices.Of(group, scales.Concat(shifts).Concat(readers)));
    }

    // Weights right before a factor: what they are multiplied by alone counts.
    private static HashSet<AxisRef> Makers(ScaledGraph scaled)
    {
        var index = new GraphIndex(scaled.Graph);
        var normalized = scaled.Graph.Nodes.Where(node => node.OpType == "BatchNormalization")
            .Select(node => index.Producer(node.Inputs[0]))
            .Where(layer => layer is { Inputs.Length: > 1 })
            .Select(layer => (Weight: layer!.Inputs[1], Axis: LayerAxis.Of(layer, index.Constant(layer.Inputs[1]))))
            .Where(made => made.Axis is not null)
            .Select(made => new AxisRef(made.Weight, made.Axis!.Value));
        return [.. normalized, .. scaled.Free.Select(place => new AxisRef(place.Weight, place.Axis))];
    }
}
