using ModelSlim.Core.Axes;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Core.Lossless;

/// <summary>Decides which channels of a group can go, and changes weights so that they are read by nobody any more.</summary>
internal sealed class ChannelJudge(
    GraphIndex index, SliceFacts facts, IReadOnlyDictionary<string, TensorData> observed, WeightBench bench, BiasFold folds)
{
    /// <summary>Removes what can go of a group; one channel stays.</summary>
    /// <returns>True where a channel went.</returns>
    public bool Remove(GroupReads group, LosslessKind?[] removed)
    {
        var any = false;
        var left = removed.Count(kind => kind is null);
        var kept = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var channel = 0; channel < removed.Length; channel++)
        {
            if (removed[channel] is not null)
            {
                continue;
            }

            var signature = Signature(group, channel);
            removed[channel] = left == 1 ? null
                : IsDead(group, channel) ? LosslessKind.Dead
                : Fold(group, channel) ? LosslessKind.Constant
                : signature is not null && kept.TryGetValue(signature, out var twin) && Merge(group, channel, twin) ? LosslessKind.Duplicate
                : null;
            if (removed[channel] is null)
            {
                kept.TryAdd(signature ?? "", channel);
                continue;
            }

            any = true;
            left--;
            foreach (var axis in group.Group.Members.Where(axis => index.Constant(axis.Value) is { IsFloatingPoint: true }))
            {
                foreach (var place in group.Places(channel, axis))
                {
                    bench.Clear(axis, place);
                }
            }
        }

        return any;
    }

    private bool IsUnread(GroupReads group, int channel, ReadSite site) =>
        site.IsStored && group.Places(channel, site.Axis).All(place => bench.IsZero(site.Axis, place));

    private bool IsDead(GroupReads group, int channel) => group.Sites.All(site => IsUnread(group, channel, site));

    // What every reader sees of the channel; null where it cannot be told.
    private string? Signature(GroupReads group, int channel)
    {
        if (group.Sites.Any(site => site.Data is not { } data || !facts.HasTwins(data)))
        {
            return null;
        }

        var seen = group.Sites.Select(site => site.Data is { } data && group.Places(channel, data) is { Length: > 0 } places
            ? string.Join(' ', places.Select(place => facts.Twin(data, place)))
            : null).ToArray();
        return seen.Contains(null) ? null : string.Join(';', seen);
    }

    private bool Fold(GroupReads group, int channel)
    {
        var sums = new List<(ReadSite Site, double[] Amounts)>();
        foreach (var site in group.Sites.Where(site => !IsUnread(group, channel, site)))
        {
            if ((site.IsStored ? site.Data : site.Axis) is not { } axis || !group.IsSettled(channel, axis, facts) || !observed.ContainsKey(axis.Value))
            {
                return false;
            }

            foreach (var place in group.Places(channel, axis))
            {
                if (IsZero(axis, place))
                {
                    continue;
                }

                if (site.Weighing?.UniformChannels is not { } along || Value(axis, place) is not { } value)
                {
                    return false;
                }

                var scale = value * site.Weighing.Scale;
                sums.Add((site, Array.ConvertAll(bench.Sums(site.Axis, place, along), sum => sum * scale)));
            }
        }

        if (sums.TrueForAll(sum => folds.TryAdd(sum.Site.View, sum.Site.Weighing!, sum.Amounts, justAsk: true)))
        {
            sums.ForEach(sum => folds.TryAdd(sum.Site.View, sum.Site.Weighing!, sum.Amounts, justAsk: false));
            return true;
        }

        return false;
    }

    private bool Merge(GroupReads group, int channel, int twin)
    {
        // Weights that something else reads too must not change.
        var axes = group.Sites.Select(site => site.Axis).Distinct().ToArray();
        if (axes.Any(axis => index.IsOutput(axis.Value)
            || index.Consumers(axis.Value).Count != group.Sites.Where(site => site.Axis == axis).Select(site => site.View.Node).Distinct().Count()))
        {
            return false;
        }

        foreach (var axis in axes)
        {
            foreach (var (from, to) in group.Places(channel, axis).Zip(group.Places(twin, axis)))
            {
                bench.AddSlice(axis, from, to);
            }
        }

        return true;
    }

    private bool IsZero(AxisRef axis, int place) => Observed(axis, place).All(value => value == 0);

    // The one value of a slice; null where it has several.
    private double? Value(AxisRef axis, int place)
    {
        var values = Observed(axis, place);
        var (least, most) = (values.Min(), values.Max());
        return most - least <= 1e-6 * Math.Max(Math.Abs(least), Math.Abs(most)) && float.IsFinite(most) ? ((double)least + most) / 2 : null;
    }

    private float[] Observed(AxisRef axis, int place)
    {
        var tensor = observed[axis.Value];
        return tensor.IsFloatingPoint ? tensor.Take(axis.Axis, [place]).ToSingles() : [float.NaN];
    }
}
