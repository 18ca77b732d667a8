using System.Collections.Immutable;
using ModelSlim.Core.Data;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Graphs;
using ModelSlim.Training.Modules;

namespace ModelSlim.Training.FineTuning;

/// <summary>Puts folded normalizations back with the statistics of some samples (<see cref="BatchNormReinsertion"/>).</summary>
/// <param name="compiler">Makes graphs ready to run.</param>
internal sealed class BatchNormOpening(GraphCompiler compiler)
{
    private const int MomentSamples = 2048;

    private readonly BatchNormReinsertion reinsertion = new();

    /// <summary>Opens a graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="samples">Samples like those that it was trained on.</param>
    /// <param name="seed">Decides which of them are looked at.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="NodeFailedException">The graph does not run on a sample.</exception>
    public Result<OpenedGraph> Run(Graph graph, SampleSet samples, long seed, CancellationToken cancellation)
    {
        var run = LeadingNodes.Of(graph).Nodes.SelectMany(node => node.Outputs).ToHashSet(StringComparer.Ordinal);
        ImmutableArray<FoldedBatchNorm> places = [.. reinsertion.Find(graph).Where(place => run.Contains(place.Output))];
        if (places.IsEmpty)
        {
            return new OpenedGraph(graph, graph, places);
        }

        return compiler.Compile(graph).Then<OpenedGraph>(program =>
        {
            using var module = BatchedModule.Open(program, samples);
            var chosen = new SplitMix(seed, "moments").Permutation(samples.Count).Take(MomentSamples).ToArray();
            var outputs = places.Select(place => place.Output).ToHashSet(StringComparer.Ordinal);
            var moments = new ChannelMoments().Gather(module, outputs, samples, chosen, cancellation);
            return new OpenedGraph(graph, reinsertion.Insert(graph, places, moments), places);
        });
    }
}
