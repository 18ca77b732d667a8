using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Tensors;
using ModelSlim.Evaluation.Sessions;
using ModelSlim.Evaluation.Tracing;

namespace ModelSlim.Evaluation.Metrics;

/// <summary>
/// Times models in ONNX Runtime at the traced input sizes, in turns in one process, so that what else the machine does falls
/// on all of them alike.
/// </summary>
/// <param name="sessions">Opens models.</param>
/// <param name="time">The clock.</param>
/// <param name="threads">Threads inside one operator.</param>
public sealed class LatencyMeter(SessionFactory sessions, TimeProvider time, int threads)
{
    private const int WarmUp = 5;
    private const int LeastRuns = 15;
    private const int LeastLongRuns = 3;
    private const int Patience = 8;
    private const int EnoughRuns = 300;
    private const int LeastBudgetShare = 8;
    private const int Tries = 3;

    /// <summary>Times models that take the same inputs.</summary>
    /// <param name="models">The models.</param>
    /// <param name="trace">Traced shape of each input, and what inputs of integers were run on.</param>
    /// <param name="budget">About how long to go on, at least 15 runs of each, or 3 where 15 take eight times as long; 300 runs are enough that take an eighth of it.</param>
    /// <param name="cancellation">Ends the run.</param>
    public Result<LatencyComparison> Measure(
        IReadOnlyList<OnnxModel> models,
        ValueTrace trace,
        TimeSpan budget,
        CancellationToken cancellation) =>
        TimedModels.With(sessions, models, threads, opened =>
        {
            var bound = new List<BoundRun>();
            try
            {
                foreach (var (session, model) in opened.Sessions.Zip(models))
                {
                    if (Inputs(model, trace) is not { } inputs)
                    {
                        return DiagnosticCodes.OutputUnmeasurable.Says("the model has inputs of a type that ModelSlim cannot make, so it cannot be timed");
                    }

                    bound.Add(session.Bind(inputs));
                }

                return Time(bound, budget, cancellation);
            }
            finally
            {
                bound.ForEach(run => run.Dispose());
            }
        });

    /// <summary>
    /// Times an original and a slim model. What is said against a slim model must not be chance: one that seems slower is timed
    /// up to three times, for longer each time, and the best of these counts. Where it puts out more or less than the original, as a
    /// detector does that finds other boxes in made-up pictures, it did other work, and its time says nothing against it.
    /// </summary>
    /// <param name="original">The original.</param>
    /// <param name="slim">The slim model.</param>
    /// <param name="trace">Traced shape of each input, and what inputs of integers were run on.</param>
    /// <param name="budget">About how long to go on where the slim model is not slower.</param>
    /// <param name="cancellation">Ends the run.</param>
    /// <returns>The times; MSLIM7004 where the slim model is slower at other work.</returns>
    public Result<LatencyComparison> Compare(
        OnnxModel original, OnnxModel slim, ValueTrace trace, TimeSpan budget, CancellationToken cancellation)
    {
        var best = Measure([original, slim], trace, budget, cancellation);
        for (var i = 1; i < Tries && best.Value is { Speedup: < 1 }; i++)
        {
            var again = Measure([original, slim], trace, (i + 1) * budget, cancellation);
            best = again.Value?.Speedup < best.Value.Speedup ? best : again;
        }

        return best.Value is { Speedup: < 1 } && !Sizes(original, trace, cancellation).SequenceEqual(Sizes(slim, trace, cancellation))
            ? DiagnosticCodes.NotMeasured.Says(
                "how much the models put out depends on what they are fed, and differs for made-up inputs, so their times do not compare; time them on inputs of your own")
            : best;
    }

    // The shape of each output; none where the model does not run.
    private string[] Sizes(OnnxModel model, ValueTrace trace, CancellationToken cancellation)
    {
        var opened = sessions.Open(model, new SessionSettings(Threads: threads));
        using var session = opened.Value;
        return session is not null && Inputs(model, trace) is { } inputs && session.Observe(inputs, (_, _, _) => false, cancellation).Value is { } outputs
            ? [.. outputs.Select(output => string.Join(',', output?.Shape ?? []))]
            : [];
    }

    private static TensorData[]? Inputs(OnnxModel model, ValueTrace trace)
    {
        var filling = new InputFilling();
        var inputs = model.Graph.Inputs
            .Select(input => trace.Fed.GetValueOrDefault(input.Name)
                ?? filling.Fill(input.Name, input.Type, trace.Shape(input.Name), IntegerFilling.ZerosAndOnes)).ToArray();
        return inputs.Any(input => input is null) ? null : inputs.OfType<TensorData>().ToArray();
    }

    private static bool IsTooSoon(int runs, TimeSpan taken, TimeSpan budget) => runs switch
    {
        < LeastLongRuns => true,
        < LeastRuns => taken < Patience * budget,
        < EnoughRuns => taken < budget,
        _ => taken < budget / LeastBudgetShare,
    };

    private Result<LatencyComparison> Time(List<BoundRun> runs, TimeSpan budget, CancellationToken cancellation)
    {
        var start = time.GetTimestamp();
        for (var i = 0; i < WarmUp && (i == 0 || time.GetElapsedTime(start) < budget); i++)
        {
            runs.ForEach(run => run.Execute());
        }

        var times = runs.Select(_ => new List<double>()).ToArray();
        start = time.GetTimestamp();
        while (IsTooSoon(times[0].Count, time.GetElapsedTime(start), budget))
        {
            cancellation.ThrowIfCancellationRequested();
            for (var i = 0; i < runs.Count; i++)
            {
                var from = time.GetTimestamp();
                runs[i].Execute();
                times[i].Add(time.GetElapsedTime(from).TotalMilliseconds);
            }
        }

        return new LatencyComparison([.. times.Select(Latency.Of)], times[0].Count);
    }
}
