using System.Collections.Immutable;
using ModelSlim.Evaluation.Repair;

namespace ModelSlim.Evaluation.Importance;

/// <summary>A layer that multiplies channels of a group with stored weights.</summary>
/// <param name="Site">The layer.</param>
/// <param name="Axis">The axis of its weight along which the channels lie.</param>
/// <param name="Places">For each channel: its indices along that axis.</param>
internal sealed record ChannelReader(FitSite Site, int Axis, ImmutableArray<ImmutableArray<int>> Places)
{
    /// <summary>For each channel, the columns of the layer that go with it; null where they do not lie so, as where channels are outputs.</summary>
    /// <param name="layout">The layer, laid out.</param>
    /// <param name="weight">Shape of its weight.</param>
    public int[][]? Columns(LayerLayout layout, ImmutableArray<int> weight)
    {
        var stride = weight[(Axis + 1)..].Aggregate(1, (product, extent) => product * extent);
        int Index(int group, int column, int output) => layout.WeightPlace(group, column, output) / stride % weight[Axis];
        var byIndex = new List<int>[weight[Axis]];
        for (var column = 0; column < layout.Columns; column++)
        {
            var index = Index(0, column, 0);
            if (index != Index(0, column, layout.Outputs - 1) || index != Index(layout.Groups - 1, column, 0))
            {
                return null;
            }

            (byIndex[index] ??= []).Add(column);
        }

        return Array.TrueForAll(byIndex, columns => columns is not null)
            ? [.. Places.Select(indices => indices.SelectMany(index => byIndex[index]).ToArray())]
            : null;
    }
}
