using System.Collections.Immutable;

namespace ModelSlim.Core.Operators;

/// <summary>Axes that a node states, as an attribute in early opsets and as an input in later ones.</summary>
internal static class StatedAxes
{
    /// <summary>The axes, counted from 0.</summary>
    /// <param name="node">The node.</param>
    /// <param name="attribute">Name of the attribute, a list or a single integer.</param>
    /// <param name="input">The input that later opsets have.</param>
    /// <param name="rank">Number of axes that negative ones count back from.</param>
    /// <returns>The axes; none where the node states none; null where they are computed at run time.</returns>
    public static ImmutableArray<int>? Of(NodeView node, string attribute, int input, int rank)
    {
        var given = node.Integers(input);
        if (node.HasInput(input) && given.IsDefault)
        {
            return null;
        }

        var list = node.Node.GetInts(attribute);
        long[] stated = !given.IsDefault ? [.. given]
            : !list.IsDefault ? [.. list]
            : node.Node.Attributes.ContainsKey(attribute) ? [node.Node.GetInt(attribute, 0)]
            : [];
        return [.. stated.Select(axis => (int)(axis < 0 ? axis + rank : axis))];
    }
}
