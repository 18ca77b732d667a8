using System.Collections.Immutable;
using ModelSlim.Core.Graphs;

namespace ModelSlim.Training.FineTuning;

/// <summary>A graph whose folded normalizations stand on their own, so that they can be trained.</summary>
/// <param name="Original">The graph as it was.</param>
/// <param name="Graph">The graph to train; the original where nothing was folded.</param>
/// <param name="Places">Where normalizations were put back.</param>
internal sealed record OpenedGraph(Graph Original, Graph Graph, ImmutableArray<FoldedBatchNorm> Places)
{
    /// <summary>The original with what training gave it.</summary>
    /// <param name="trained"><see cref="Graph"/> after training.</param>
    public Graph Fold(Graph trained) => Places.IsEmpty ? trained : new BatchNormReinsertion().Fold(Original, trained, Places);
}
