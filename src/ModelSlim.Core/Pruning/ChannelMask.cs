using ModelSlim.Core.Axes;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Operators;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Core.Pruning;

/// <summary>
/// Masks in the original what a plan removes: wherever a removed channel is summed over, its weights become zero. The masked
/// original and the slim model then give the same outputs, unless a cut is approximate.
/// </summary>
/// <param name="catalog">What is known about operators.</param>
public sealed class ChannelMask(OperatorCatalog catalog)
{
    /// <summary>The original with masked weights; null where a removed channel is summed over without any stored weight.</summary>
    public Graph? Apply(GraphIndex index, ValueTrace trace, ChannelCuts cuts)
    {
        var masked = new Dictionary<string, TensorData>(StringComparer.Ordinal);
        foreach (var node in index.Graph.Nodes)
        {
            var cutAxes = catalog.Find(node)?.Contracted(NodeView.Of(node, index, trace))
                .Where(axis => cuts.Of(axis.Value, axis.Axis) is not null).ToArray() ?? [];
            var stored = cutAxes.Where(axis => index.Constant(axis.Value) is not null).ToArray();
            if (cutAxes.Length > 0 && stored.Length == 0)
            {
                return null;
            }

            foreach (var axis in stored)
            {
                var weight = masked.GetValueOrDefault(axis.Value) ?? index.Constant(axis.Value)!;
                masked[axis.Value] = Zero(weight, axis.Axis, [.. cuts.Of(axis.Value, axis.Axis)!.Value]);
            }
        }

        return index.Graph with
        {
            Initializers = index.Graph.Initializers.SetItems(masked.Where(entry => index.Graph.Initializers.ContainsKey(entry.Key))),
            Nodes = [.. index.Graph.Nodes.Select(node => Masked(node, masked))],
        };
    }

    private static Node Masked(Node node, Dictionary<string, TensorData> masked) =>
        node.OpType == "Constant" && masked.TryGetValue(node.Outputs[0], out var tensor)
            ? node.With("value", new AttributeValue.Tensor(tensor))
            : node;

    private static TensorData Zero(TensorData weight, int axis, HashSet<int> kept)
    {
        var bytes = weight.Bytes.ToArray();
        var run = (int)TensorData.Count(weight.Shape[(axis + 1)..]) * TensorData.SizeOf(weight.Type);
        for (var start = 0; start < bytes.Length; start += run)
        {
            if (!kept.Contains(start / run % weight.Shape[axis]))
            {
                bytes.AsSpan(start, run).Clear();
            }
        }

        return new TensorData(weight.Type, weight.Shape, bytes);
    }
}
