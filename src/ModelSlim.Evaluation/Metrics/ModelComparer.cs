using ModelSlim.Core.Data;
using ModelSlim.Core.Diagnostics;

namespace ModelSlim.Evaluation.Metrics;

/// <summary>
/// Measures forms of a model on the same samples in one pass. Batches run on several threads and are added up in their order,
/// so that the figures do not depend on the number of threads.
/// </summary>
/// <param name="threads">Number of threads.</param>
public sealed class ModelComparer(int threads)
{
    private const int LargestBatch = 64;
    private const long MostBytes = 1L << 27;

    /// <summary>Measures.</summary>
    /// <param name="original">The original.</param>
    /// <param name="forms">What was made from it.</param>
    /// <param name="samples">The samples, at least one.</param>
    /// <param name="progress">Is told how many samples are done.</param>
    /// <param name="cancellation">Ends the run.</param>
    /// <returns>
    /// For each form its figures; MSLIM4041 where a model does not run, MSLIM7002 where no output is measured or a label is no
    /// output of the model, MSLIM7003 where the models have different numbers of outputs.
    /// </returns>
    public Result<Comparison[]> Compare(
        BatchedModel original,
        IReadOnlyList<BatchedModel> forms,
        SampleSet samples,
        IProgress<StageProgress>? progress,
        CancellationToken cancellation)
    {
        if (original.Outputs == 0)
        {
            return DiagnosticCodes.OutputUnmeasurable.Says(
                "no output of the model is a tensor of real numbers with a batch axis, so nothing can be measured");
        }

        if (forms.FirstOrDefault(form => form.Outputs != original.Outputs) is { } other)
        {
            return DiagnosticCodes.OutputsDiffer.Says(
                $"the models have different numbers of outputs to measure, {original.Outputs} and {other.Outputs}; they are not two forms of one model");
        }

        return new SampleBatches(threads).Run(
            samples,
            [.. Enumerable.Range(0, samples.Count)],
            BatchSize([original, .. forms]),
            (batch, _) => original.Run(batch, samples.Shapes, cancellation).Then(expected => Tally(forms, expected, batch, samples, cancellation)),
            progress,
            "evaluate",
            cancellation).Then<Comparison[]>(tallies => Enumerable.Range(0, forms.Count)
                .Select(form => tallies.Select(tally => tally[form]).Aggregate((sum, next) => sum.Plus(next)).ToComparison())
                .ToArray());
    }

    // As many samples as may be held, and what all models make of them.
    private static int BatchSize(IReadOnlyList<BatchedModel> models)
    {
        var size = (int)Math.Clamp(MostBytes / models.Sum(model => model.SampleBytes), 1, LargestBatch);
        return models.Max(model => model.WholeBatches(size));
    }

    private static Result<ComparisonTally[]> Tally(
        IReadOnlyList<BatchedModel> forms, float[][][] expected, Batch batch, SampleSet samples, CancellationToken cancellation)
    {
        var tallies = new ComparisonTally[forms.Count];
        for (var form = 0; form < forms.Count; form++)
        {
            var tally = forms[form].Run(batch, samples.Shapes, cancellation)
                .Then(actual => ComparisonTally.Of(expected, actual, batch.Labels));
            if (!tally.Succeeded)
            {
                return Result<ComparisonTally[]>.Failed(tally.Diagnostics);
            }

            tallies[form] = tally.Value;
        }

        return tallies;
    }
}
