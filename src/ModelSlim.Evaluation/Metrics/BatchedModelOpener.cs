using System.Collections.Immutable;
using ModelSlim.Core.Data;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Tensors;
using ModelSlim.Evaluation.Sessions;

namespace ModelSlim.Evaluation.Metrics;

/// <summary>
/// Opens models for any batch size, those too that were exported for a fixed one: the freed model must give some samples
/// together what the model gives for them in batches of its own size, else it is run in batches of its own size.
/// </summary>
/// <param name="sessions">Opens models.</param>
public sealed class BatchedModelOpener(SessionFactory sessions)
{
    private const int FewestProofSamples = 3;
    private const double Tolerance = 1e-3;
    private const long MostBytes = 1L << 27;

    /// <summary>How many samples a model takes at a time where its batch cannot be freed.</summary>
    /// <param name="graph">Its graph.</param>
    /// <param name="trace">Its traced shapes.</param>
    /// <param name="samples">What it is fed.</param>
    public static int BatchOf(Graph graph, ValueTrace trace, SampleSet samples)
    {
        if (SampleTensors.AnyWhole(samples))
        {
            return 1;
        }

        var batches = graph.Inputs.Select(input => trace.Shape(input.Name).FirstOrDefault(1)).Distinct().ToArray();
        return batches is [var batch and > 0] ? batch : 1;
    }

    /// <summary>Opens a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="trace">Its traced shapes.</param>
    /// <param name="samples">Samples that the proof may use.</param>
    /// <param name="cancellation">Ends the proof.</param>
    public Result<BatchedModel> Open(OnnxModel model, ValueTrace trace, SampleSet samples, CancellationToken cancellation)
    {
        var fixedSize = sessions.Open(model, new SessionSettings());
        if (!fixedSize.Succeeded)
        {
            return Result<BatchedModel>.Failed(fixedSize.Diagnostics);
        }

        var batch = BatchOf(model.Graph, trace, samples);
        var measured = Measured(model.Graph, trace, batch);
        var sampleBytes = SampleBytes(model.Graph, trace, measured, batch);
        var stepwise = new BatchedModel(fixedSize.Value, model.Graph, samples, measured, batch) { SampleBytes = sampleBytes };
        if (batch > 1 && !measured.IsEmpty && samples.Count >= batch && !HoldsSamples(stepwise, batch, samples, cancellation))
        {
            measured = [];
            stepwise = new BatchedModel(fixedSize.Value, model.Graph, samples, measured, batch);
        }

        if (measured.IsEmpty
            || SampleTensors.AnyWhole(samples)
            || new BatchFree().Free(model.Graph, trace) is not { } freed
            || sessions.Open(model.With(freed), new SessionSettings()) is not { Succeeded: true } opened)
        {
            return stepwise;
        }

        var proof = Math.Max(FewestProofSamples, batch + 1);
        var most = (int)Math.Clamp(MostBytes * batch / LiveMemory.Peak(model.Graph, trace), proof, int.MaxValue);
        var together = new BatchedModel(opened.Value!, model.Graph, samples, measured, 0, most) { SampleBytes = sampleBytes };
        if (Agree(stepwise, together, samples, proof, cancellation))
        {
            stepwise.Dispose();
            return together;
        }

        together.Dispose();
        return stepwise;
    }

    // A batch of one makes the whole output one sample's; else the batch must be its first axis.
    private static ImmutableArray<int> Measured(Graph graph, ValueTrace trace, int batch) =>
    [
        .. Enumerable.Range(0, graph.Outputs.Length).Where(i =>
            trace.Types.GetValueOrDefault(graph.Outputs[i].Name) is ElementType.Float or ElementType.Double or ElementType.Float16 or ElementType.BFloat16
            && (batch == 1 || (trace.Shape(graph.Outputs[i].Name) is [var first, ..] && first % batch == 0))),
    ];

    private static long SampleBytes(Graph graph, ValueTrace trace, ImmutableArray<int> measured, int batch) =>
        (graph.Inputs.Concat(measured.Select(i => graph.Outputs[i])).Sum(value => TensorData.Count(trace.Shape(value.Name))) * sizeof(float) / batch) + 1;

    // Another sample in the first place leaves what comes out at the other places as it is; or, where samples influence each other, another
    // order gives the same in that order. Else the first axis is none of samples, as where a picture of three channels is the input.
    private static bool HoldsSamples(BatchedModel model, int batch, SampleSet samples, CancellationToken cancellation)
    {
        var order = Enumerable.Range(0, batch).ToArray();
        Result<float[][][]> Run(params int[] indices) => model.Run(samples.Read(indices), samples.Shapes, cancellation);
        var straight = Run(order);
        bool Gives(Result<float[][][]> other, Func<int, int> place) => straight.Succeeded && other.Succeeded
            && straight.Value.Zip(other.Value).All(output => order[1..].All(sample => Near(output.First[sample], output.Second[place(sample)])));
        return Gives(Run([1, .. order[1..]]), sample => sample) || Gives(Run([.. order[1..], 0]), sample => sample - 1);
    }

    // More samples than a batch, so that no batch holds them all.
    private static bool Agree(
        BatchedModel stepwise, BatchedModel together, SampleSet samples, int most, CancellationToken cancellation)
    {
        var count = Math.Min(most, samples.Count);
        var batch = samples.Read([.. Enumerable.Range(0, count)]);
        var some = stepwise.Run(batch, samples.Shapes, cancellation);
        var all = together.Run(batch, samples.Shapes, cancellation);
        return some.Succeeded && all.Succeeded && some.Value.Zip(all.Value).All(output =>
            output.First.Zip(output.Second).All(sample => Near(sample.First, sample.Second)));
    }

    private static bool Near(float[] expected, float[] actual)
    {
        var scale = expected.Select(Math.Abs).DefaultIfEmpty(0).Max();
        return expected.Length == actual.Length
            && expected.Zip(actual, (e, a) => Math.Abs(e - a)).DefaultIfEmpty(0).Max() <= Tolerance * Math.Max(scale, 1e-6f);
    }
}
