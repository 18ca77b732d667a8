using System.Collections.Immutable;
using System.Globalization;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Recipes;

namespace ModelSlim.Core.Masking;

/// <summary>Tells which weights a pattern fits.</summary>
public static class PatternFit
{
    /// <summary>Those that it fits, and those that stay whole, each with its <see cref="MaskableWeight.Obstacle"/>.</summary>
    /// <param name="graph">The graph that stores them.</param>
    /// <param name="weights">The weights.</param>
    /// <param name="target">The pattern; a share alone fits all.</param>
    public static (ImmutableArray<MaskableWeight> Fits, ImmutableArray<MaskableWeight> Dense) Of(Graph graph, ImmutableArray<MaskableWeight> weights, SparsityTarget target)
    {
        var judged = weights.Select(weight => (Weight: weight, Obstacle: Obstacle(weight, graph.Initializers[weight.Name].Shape, target))).ToArray();
        return (
            [.. judged.Where(entry => entry.Obstacle is null).Select(entry => entry.Weight)],
            [.. judged.Where(entry => entry.Obstacle is not null).Select(entry => entry.Weight with { Obstacle = entry.Obstacle })]);
    }

    private static string? Obstacle(MaskableWeight weight, ImmutableArray<int> shape, SparsityTarget target)
    {
        var (axis, block) = target.IsPattern ? (weight.Axis, target.Block) : (weight.Outputs, target.Outputs);
        return target is { IsPattern: false, IsBlocks: false } ? null
            : axis is not { } along ? weight.Obstacle ?? (target.IsPattern ? "its layer does not sum over inputs" : "its outputs do not share their inputs")
            : shape[along] % block == 0 ? null
            : string.Create(CultureInfo.InvariantCulture, $"its axis of {shape[along]} is no multiple of {block}");
    }
}
