using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx;
using ModelSlim.Evaluation.Metrics;
using ModelSlim.Evaluation.Sessions;

namespace ModelSlim.Evaluation.Exits;

/// <summary>
/// Runs a model with an early exit and compares each output with what it must be: the head's own scores, worked out from the features
/// of the original, where the head is sure, else the original's output; alone, and among others that do otherwise.
/// </summary>
/// <param name="sessions">Opens models.</param>
public sealed class ExitProof(SessionFactory sessions)
{
    /// <summary>Largest difference, relative to the largest expected score of a sample.</summary>
    public const double Tolerance = 1e-4;

    private const int Most = 48;
    private const int Together = 8;
    private const double Undecided = 1e-5;

    /// <summary>Compares.</summary>
    /// <param name="slim">The model with the exit.</param>
    /// <param name="trace">Traced shapes of its inputs.</param>
    /// <param name="candidate">The exit.</param>
    /// <param name="samples">The samples whose scores the candidate holds.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The largest difference; MSLIM7001 where it is too large or no sample takes one of the ways.</returns>
    public Result<MaximalError> Run(OnnxModel slim, ValueTrace trace, ExitCandidate candidate, ExitSamples samples, CancellationToken cancellation)
    {
        var exit = candidate.Exit;
        int[] decided = [.. Enumerable.Range(0, samples.Places.Count).Where(i => Math.Abs(candidate.Scores.Confidence[i] - exit.Threshold) > Undecided)];
        int[] early = [.. decided.Where(i => candidate.Scores.Confidence[i] > exit.Threshold).Take(Most)];
        int[] late = [.. decided.Where(i => candidate.Scores.Confidence[i] <= exit.Threshold).Take(Most)];
        if (early.Length == 0)
        {
            return DiagnosticCodes.CutUnproven.Says("no sample leaves early, so nothing shows that the exit is right; the original is left as it is");
        }

        // Ways alternate, so that batches hold both.
        int[] mixed = [.. early.Concat(late).Select((sample, i) => (sample, turn: i < early.Length ? i : i - early.Length)).OrderBy(one => one.turn).Select(one => one.sample)];
        var batch = BatchedModelOpener.BatchOf(slim.Graph, trace, samples.Set);
        var isOpen = slim.Graph.Inputs.All(input => input.Shape is [{ Extent: null }, ..]) && !SampleTensors.AnyWhole(samples.Set);
        return sessions.Open(slim, new SessionSettings()).Then(session =>
        {
            using (session)
            {
                var largest = 0.0;
                foreach (var size in isOpen ? new[] { 1, Together } : [batch])
                {
                    for (var first = 0; first + size <= mixed.Length; first += size)
                    {
                        int[] some = mixed[first..(first + size)];
                        var run = session.Run(SampleTimer.Feed(slim.Graph, samples.Set, [.. some.Select(i => samples.Places[i])]), cancellation);
                        if (!run.Succeeded)
                        {
                            return Result<MaximalError>.Failed(run.Diagnostics);
                        }

                        largest = Math.Max(largest, Difference(run.Value[0]!.ToSingles(), some, candidate, samples));
                    }
                }

                return largest <= Tolerance
                    ? new MaximalError(largest)
                    : DiagnosticCodes.CutUnproven.Says(
                        $"with the early exit, outputs differ from what they must be by {largest:E1} of the largest score, more than {Tolerance:E0}; the original is left as it is");
            }
        });
    }

    private static double Difference(float[] outputs, int[] some, ExitCandidate candidate, ExitSamples samples)
    {
        var largest = 0.0;
        for (var row = 0; row < some.Length; row++)
        {
            var expected = candidate.Scores.Confidence[some[row]] > candidate.Exit.Threshold
                ? candidate.Scores.Output(candidate.Exit.Kind, some[row])
                : Array.ConvertAll(samples.Outputs[some[row]], score => (double)score);
            var scale = Math.Max(expected.Max(Math.Abs), double.Epsilon);
            for (var c = 0; c < expected.Length; c++)
            {
                var difference = Math.Abs(outputs[(row * expected.Length) + c] - expected[c]) / scale;
                largest = Math.Max(largest, double.IsNaN(difference) ? double.PositiveInfinity : difference);
            }
        }

        return largest;
    }
}
