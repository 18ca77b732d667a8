using ModelSlim.Core.Data;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx;
using ModelSlim.Evaluation.Calibration;
using ModelSlim.Evaluation.Metrics;

namespace ModelSlim.Pipeline;

/// <summary>Measures the forms of a model that the stages made, in one pass over the samples, and times the last one.</summary>
/// <param name="opener">Opens models for batches.</param>
/// <param name="comparer">Measures them.</param>
/// <param name="latency">Times them.</param>
/// <param name="timer">Times those that take one way or another, by what they are fed.</param>
public sealed class MeasureStage(BatchedModelOpener opener, ModelComparer comparer, LatencyMeter latency, SampleTimer timer)
{
    private static readonly TimeSpan LatencyBudget = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan SampleBudget = TimeSpan.FromSeconds(30);

    /// <summary>Measures.</summary>
    /// <param name="analysis">The original.</param>
    /// <param name="forms">What the stages made from it, in order; the last is the slim model.</param>
    /// <param name="samples">The samples; null where there are none and none can be made.</param>
    /// <param name="progress">Is told how many samples are done.</param>
    /// <param name="cancellation">Ends the run.</param>
    /// <returns>
    /// The figures. One that cannot be had is left out, with a warning <see cref="DiagnosticCodes.NotMeasured"/>; whoever needs
    /// it judges that. Trouble with samples that the user gave is an error.
    /// </returns>
    public Result<Measurement> Run(
        ModelAnalysis analysis,
        IReadOnlyList<ModelForm> forms,
        SampleSet? samples,
        IProgress<StageProgress> progress,
        CancellationToken cancellation)
    {
        var compared = samples is null
            ? DiagnosticCodes.NotMeasured.Says("the model has inputs that ModelSlim cannot make samples for")
            : Compare(analysis, forms, samples, progress, cancellation);
        if (!compared.Succeeded && samples is not null and not NoiseSampleSet
            && compared.Diagnostics.Any(said => said.Severity == Severity.Error))
        {
            return Result<Measurement>.Failed(compared.Diagnostics);
        }

        var timed = Time(analysis.GivenModel, forms[^1].Model, analysis.Trace, samples, cancellation);
        return Result<Measurement>.With(
            new Measurement(compared.Succeeded ? [.. compared.Value] : [], timed.Value),
            [
                .. compared.Diagnostics.Select(said => DiagnosticCodes.NotMeasured.Says(said.Message)),
                .. timed.Diagnostics.Select(said => DiagnosticCodes.NotMeasured.Says(said.Message)),
            ]);
    }

    /// <summary>Times an original and a slim model in turns: on samples where what they are fed says how long they take, else on made-up inputs.</summary>
    /// <param name="given">The original.</param>
    /// <param name="slim">The slim model.</param>
    /// <param name="trace">Sizes of the original.</param>
    /// <param name="samples">The samples; null where there are none.</param>
    /// <param name="cancellation">Ends it.</param>
    public Result<LatencyComparison> Time(OnnxModel given, OnnxModel slim, ValueTrace trace, SampleSet? samples, CancellationToken cancellation) =>
        samples is not null and not NoiseSampleSet && HangsOnSamples(slim)
            ? timer.Measure([given, slim], trace, samples, [.. Enumerable.Range(0, samples.Count)], SampleBudget, cancellation).Then<LatencyComparison>(times => times.Summary)
            : latency.Compare(given, slim, trace, LatencyBudget, cancellation);

    /// <summary>True where the time of a model hangs on what it is fed: it takes one way or another.</summary>
    /// <param name="model">What is timed.</param>
    internal static bool HangsOnSamples(OnnxModel model) => model.Graph.Nodes.Any(node => node.Subgraphs.Any());

    private Result<Comparison[]> Compare(
        ModelAnalysis analysis,
        IReadOnlyList<ModelForm> forms,
        SampleSet samples,
        IProgress<StageProgress> progress,
        CancellationToken cancellation)
    {
        var opened = new List<BatchedModel>();
        try
        {
            foreach (var (model, trace) in forms.Select(form => (form.Model, form.Trace)).Prepend((analysis.Model, analysis.Trace)))
            {
                var one = opener.Open(model, trace, samples, cancellation);
                if (!one.Succeeded)
                {
                    return Result<Comparison[]>.Failed(one.Diagnostics);
                }

                opened.Add(one.Value);
            }

            return opened.Exists(model => model.Outputs == 0)
                ? DiagnosticCodes.NotMeasured.Says("no output of the model is a tensor of real numbers with a batch axis")
                : comparer.Compare(opened[0], opened[1..], samples, progress, cancellation);
        }
        finally
        {
            opened.ForEach(model => model.Dispose());
        }
    }
}
