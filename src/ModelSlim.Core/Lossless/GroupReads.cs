using System.Collections.Immutable;
using ModelSlim.Core.Axes;
using ModelSlim.Core.Dependencies;

namespace ModelSlim.Core.Lossless;

/// <summary>A channel group, and where its channels are summed over.</summary>
internal sealed class GroupReads
{
    private readonly Dictionary<AxisRef, int> members;

    /// <summary>Finds the places that are on the group's axes.</summary>
    public GroupReads(ChannelGroup group, ILookup<AxisRef, ReadSite> sites)
    {
        Group = group;
        members = group.Members.Select((axis, member) => (axis, member)).ToDictionary(entry => entry.axis, entry => entry.member);
        Sites = [.. group.Members.SelectMany(axis => sites[axis])];
    }

    /// <summary>The group.</summary>
    public ChannelGroup Group { get; }

    /// <summary>Where its channels are summed over.</summary>
    public ImmutableArray<ReadSite> Sites { get; }

    /// <summary>Where a channel lies on an axis; nothing where the axis is none of the group's.</summary>
    public ImmutableArray<int> Places(int channel, AxisRef axis) =>
        members.TryGetValue(axis, out var member) ? Group.Places[channel][member] : [];

    /// <summary>Values that are read where some channel is the same for all inputs.</summary>
    public IEnumerable<string> Settled(SliceFacts facts) => Sites
        .Select(site => site.IsStored ? site.Data : site.Axis)
        .OfType<AxisRef>()
        .Where(axis => Enumerable.Range(0, Group.Channels).Any(channel => IsSettled(channel, axis, facts)))
        .Select(axis => axis.Value);

    /// <summary>True where a channel is the same for all inputs on an axis.</summary>
    public bool IsSettled(int channel, AxisRef axis, SliceFacts facts)
    {
        var places = Places(channel, axis);
        return places.Length > 0 && places.All(place => facts.IsSettled(axis, place));
    }
}
