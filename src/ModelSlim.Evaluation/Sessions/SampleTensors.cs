using ModelSlim.Core.Data;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Evaluation.Sessions;

/// <summary>Samples as a model's inputs take them.</summary>
internal static class SampleTensors
{
    /// <summary>True where a sample is all of some input, so that samples run one at a time.</summary>
    /// <param name="samples">The samples.</param>
    public static bool AnyWhole(SampleSet samples) => Enumerable.Range(0, samples.Shapes.Length).Any(samples.IsWhole);

    /// <summary>A tensor for each input that holds samples.</summary>
    /// <param name="graph">The model's graph.</param>
    /// <param name="samples">Where the samples are from.</param>
    /// <param name="batch">The samples; one where one is all of an input.</param>
    public static TensorData[] Of(Graph graph, SampleSet samples, Batch batch) =>
    [
        .. samples.Shapes.Select((shape, i) => TensorData.From(InputTypes.Of(graph, i), samples.IsWhole(i) ? shape : [batch.Size, .. shape], batch.Inputs[i])),
    ];
}
