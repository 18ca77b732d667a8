using ModelSlim.Core.Data;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx;
using ModelSlim.Evaluation.Metrics;

namespace ModelSlim.Pipeline;

/// <summary>Measures the forms of a model that the stages made, in one pass over the samples, and times the last one.</summary>
/// <param name="opener">Opens models for batches.</param>
/// <param name="comparer">Measures them.</param>
/// <param name="latency">Times them.</param>
public sealed class MeasureStage(BatchedModelOpener opener, ModelComparer comparer, LatencyMeter latency)
{
    private static readonly TimeSpan LatencyBudget = TimeSpan.FromSeconds(2);

    /// <summary>Measures.</summary>
    /// <param name="analysis">The original.</param>
    /// <param name="forms">What the stages made from it, in order; the last is the slim model.</param>
    /// <param name="slimTrace">Shapes of all of them: only weights differ.</param>
    /// <param name="samples">The samples.</param>
    /// <param name="progress">Is told how many samples are done.</param>
    /// <param name="cancellation">Ends the run.</param>
    public Result<Measurement> Run(
        ModelAnalysis analysis,
        IReadOnlyList<OnnxModel> forms,
        ValueTrace slimTrace,
        SampleSet samples,
        IProgress<StageProgress> progress,
        CancellationToken cancellation)
    {
        var opened = new List<BatchedModel>();
        try
        {
            foreach (var (model, trace) in forms.Select(form => (form, slimTrace)).Prepend((analysis.Model, analysis.Trace)))
            {
                var one = opener.Open(model, trace, samples, cancellation);
                if (!one.Succeeded)
                {
                    return Result<Measurement>.Failed(one.Diagnostics);
                }

                opened.Add(one.Value);
            }

            return comparer.Compare(opened[0], opened[1..], samples, progress, cancellation).Then(comparisons =>
                latency.Measure([analysis.Model, forms[^1]], analysis.Trace, LatencyBudget, cancellation)
                    .Then<Measurement>(times => new Measurement([.. comparisons], times)));
        }
        finally
        {
            opened.ForEach(model => model.Dispose());
        }
    }
}
