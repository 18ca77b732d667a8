using System.Collections.Immutable;
using ModelSlim.Core.Graphs;

namespace ModelSlim.Core.Masking;

/// <summary>A stored weight whose numbers may become zero one by one.</summary>
/// <param name="Name">Name of the initializer, float and of rank 2 or more.</param>
/// <param name="Axis">The axis that is summed over, along which blocks of N:M lie.</param>
public sealed record MaskableWeight(string Name, int Axis)
{
    /// <summary>Finds those of a graph, in the order in which they are used: what Conv, ConvTranspose, Gemm, MatMul, LSTM, GRU and RNN multiply with.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="ignored">Values that must not change.</param>
    public static ImmutableArray<MaskableWeight> Of(Graph graph, IReadOnlySet<string> ignored) =>
    [
        .. graph.Nodes.Where(node => !node.Outputs.Any(ignored.Contains)).SelectMany(node => Of(node, graph))
            .Where(weight => !ignored.Contains(weight.Name))
            .DistinctBy(weight => weight.Name, StringComparer.Ordinal),
    ];

    private static IEnumerable<MaskableWeight> Of(Node node, Graph graph)
    {
        int Rank(int input) => graph.Initializers.TryGetValue(node.Input(input), out var tensor) && tensor.IsFloatingPoint ? tensor.Shape.Length : 0;
        MaskableWeight[] Stored(int input, Func<int, int> axis) => Rank(input) is > 1 and var rank ? [new MaskableWeight(node.Input(input), axis(rank))] : [];
        int Last(int input, bool transposed, int rank) => (input == 1) == transposed ? rank - 1 : rank - 2;
        return node.OpType switch
        {
            "Conv" or "FusedConv" => Stored(1, _ => 1),
            "ConvTranspose" => Stored(1, _ => 0),
            "Gemm" or "FusedGemm" or "MatMul" or "FusedMatMul" =>
            [
                .. Stored(0, rank => Last(0, node.GetInt("transA", 0) != 0, rank)),
                .. Stored(1, rank => Last(1, node.GetInt("transB", 0) != 0, rank)),
            ],
            "LSTM" or "GRU" or "RNN" => [.. Stored(1, rank => rank - 1), .. Stored(2, rank => rank - 1)],
            _ => [],
        };
    }
}
