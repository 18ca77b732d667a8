using System.Collections.Immutable;
using ModelSlim.Core.Data;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Tensors;
using ModelSlim.Evaluation.Sessions;

namespace ModelSlim.Evaluation.Metrics;

/// <summary>
/// Times models whose time depends on what they are fed: on samples, each model in turn on each of them, as many at a time as the
/// models were traced with.
/// </summary>
/// <param name="sessions">Opens models.</param>
/// <param name="time">The clock.</param>
/// <param name="threads">Threads inside one operator.</param>
public sealed class SampleTimer(SessionFactory sessions, TimeProvider time, int threads)
{
    private const int WarmUp = 20;
    private const int LeastRuns = 50;

    /// <summary>Times models that take the same inputs.</summary>
    /// <param name="models">The models.</param>
    /// <param name="trace">Traced shape of each input.</param>
    /// <param name="set">The samples.</param>
    /// <param name="places">Which of them, in this order.</param>
    /// <param name="budget">About how long to go on at most, after 50 runs of each.</param>
    /// <param name="cancellation">Ends the run.</param>
    public Result<SampleTimes> Measure(
        IReadOnlyList<OnnxModel> models, ValueTrace trace, SampleSet set, IReadOnlyList<int> places, TimeSpan budget, CancellationToken cancellation) =>
        TimedModels.With(sessions, models, threads, opened =>
        {
            try
            {
                return Time(opened.Sessions, models[0].Graph, BatchedModelOpener.BatchOf(models[0].Graph, trace, set), set, places, budget, cancellation);
            }
            catch (UnreadableSampleException failure)
            {
                return failure.Diagnostic;
            }
        });

    /// <summary>Some samples as tensors for a model, as many as it takes at a time.</summary>
    /// <param name="graph">The model's graph.</param>
    /// <param name="set">The samples.</param>
    /// <param name="some">Which of them.</param>
    internal static TensorData[] Feed(Graph graph, SampleSet set, int[] some) => SampleTensors.Of(graph, set, set.Read(some));

    private Result<SampleTimes> Time(
        IReadOnlyList<ModelSession> models, Graph graph, int batch, SampleSet set, IReadOnlyList<int> places, TimeSpan budget, CancellationToken cancellation)
    {
        var times = models.Select(_ => new List<double>()).ToArray();
        var start = time.GetTimestamp();
        for (var run = 0; (run + 1) * batch <= Math.Max(places.Count, batch) && (run < LeastRuns || time.GetElapsedTime(start) < budget); run++)
        {
            cancellation.ThrowIfCancellationRequested();
            int[] some = [.. Enumerable.Range(run * batch, batch).Select(i => places[i % places.Count])];
            var fed = Feed(graph, set, some);
            for (var i = 0; i < models.Count; i++)
            {
                using var bound = models[i].Bind(fed);
                for (var warm = run == 0 ? WarmUp : 0; warm > 0; warm--)
                {
                    bound.Execute();
                }

                var from = time.GetTimestamp();
                bound.Execute();
                times[i].Add(time.GetElapsedTime(from).TotalMilliseconds);
            }
        }

        return new SampleTimes([.. times.Select(runs => runs.ToImmutableArray())]);
    }
}
