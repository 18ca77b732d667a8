using System.Collections.Immutable;
using ModelSlim.Core.Graphs;

namespace ModelSlim.Core.Exits;

/// <summary>Nodes that read a value as a head does: ONNX GlobalAveragePool or AveragePool, and Flatten, the same from opset 1 on.</summary>
internal static class FeatureNodes
{
    /// <summary>The nodes, and the name of the features [N, K].</summary>
    /// <param name="place">What to read.</param>
    /// <param name="names">Gives new names.</param>
    public static (ImmutableArray<Node> Nodes, string Features) Of(ExitPlace place, FreshNames names)
    {
        var window = place.Window;
        if (!window.IsGlobal && window.Kernel.IsEmpty)
        {
            return ([], place.Value);
        }

        var pooled = names.Of("early_exit/pooled");
        var features = names.Of("early_exit/features");
        var pool = new Node { Name = pooled, OpType = window.IsGlobal ? "GlobalAveragePool" : "AveragePool", Inputs = [place.Value], Outputs = [pooled] };
        return (
            [
                window.IsGlobal ? pool : pool.With("kernel_shape", Axes(window.Kernel)).With("strides", Axes(window.Stride)),
                new Node { Name = features, OpType = "Flatten", Inputs = [pooled], Outputs = [features] },
            ],
            features);
    }

    private static AttributeValue.Ints Axes(ImmutableArray<int> extents) => new([.. extents.Select(extent => (long)extent)]);
}
