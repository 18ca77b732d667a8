using ModelSlim.Core.Axes;
using ModelSlim.Core.Graphs;

namespace ModelSlim.Core.Operators;

/// <summary>
/// Channels of a convolution with attribute <c>group</c>: each group joins its share of the input's channels with its share of
/// the output's.
/// </summary>
internal static class GroupedChannels
{
    private const string Groups = "groups";
    private const string Filters = "filters of a group";

    /// <summary>The axes inside: the groups, and the output channels of a group.</summary>
    /// <param name="node">The node.</param>
    /// <param name="count">Number of the channels that the weights count within a group.</param>
    /// <param name="filterCount">Number of the channels on the other side.</param>
    public static IEnumerable<(string Name, int Extent)> Inner(NodeView node, int count, int filterCount)
    {
        var groups = Count(node);
        if (groups > 1 && !IsDepthwise(node, count))
        {
            yield return (Groups, groups);
        }

        if (groups > 1)
        {
            yield return (Filters, filterCount / groups);
        }
    }

    /// <summary>Relates input and output channels.</summary>
    /// <param name="node">The node.</param>
    /// <param name="channels">The axis of the input's channels.</param>
    /// <param name="count">Number of the input's channels.</param>
    /// <param name="perGroup">The axis of the weights that counts input channels within a group.</param>
    /// <param name="filters">The axis of the output's channels.</param>
    /// <param name="filterCount">Number of the output's channels.</param>
    public static AxisRelation Relate(
        NodeView node, AxisRef channels, int count, AxisRef perGroup, AxisRef filters, int filterCount)
    {
        var groups = Count(node);
        if (groups == 1)
        {
            return new AxisRelation.Tied(channels, perGroup);
        }

        var within = filterCount / groups;
        if (IsDepthwise(node, count))
        {
            return within == 1
                ? new AxisRelation.Tied(channels, filters)
                : new AxisRelation.Split(
                    [AxisRelation.Split.Runs(filters, channels, node.Inner(Filters), within, filterCount)],
                    [new AxisRelation.Blocked(channels, filters)]);
        }

        return new AxisRelation.Split(
            [
                AxisRelation.Split.Runs(channels, node.Inner(Groups), perGroup, count / groups, count),
                AxisRelation.Split.Runs(filters, node.Inner(Groups), node.Inner(Filters), within, filterCount),
            ],
            [
                new AxisRelation.Grouped(channels, groups),
                new AxisRelation.Repeated(perGroup, channels),
                new AxisRelation.Grouped(filters, groups),
            ]);
    }

    /// <summary>The node with as many groups as are left.</summary>
    /// <param name="before">The node before.</param>
    /// <param name="channels">Number of input channels after the cuts.</param>
    /// <param name="perGroup">Number of input channels within a group after the cuts.</param>
    public static NodeRewrite Rewrite(NodeView before, int channels, int perGroup) => Count(before) == 1
        ? new NodeRewrite(before.Node)
        : new NodeRewrite(before.Node.With("group", new AttributeValue.Int(channels / perGroup)));

    /// <summary>True where every group has one input channel.</summary>
    public static bool IsDepthwise(NodeView node, int channels) => Count(node) is > 1 and var groups && groups == channels;

    /// <summary>Number of groups.</summary>
    public static int Count(NodeView node) => (int)node.Node.GetInt("group", 1);
}
