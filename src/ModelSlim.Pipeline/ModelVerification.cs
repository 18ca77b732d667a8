using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Recipes;
using ModelSlim.Core.Reports;
using ModelSlim.Evaluation.Metrics;

namespace ModelSlim.Pipeline;

/// <summary>Runs an original and a slim model on the same samples: metric, agreement, latency, size, gates.</summary>
public sealed class ModelVerification(
    OnnxReader reader, DataStage data, MeasureStage measuring, AnalysisStage analysis)
{
    /// <summary>Verifies.</summary>
    /// <param name="originalPath">Path of the original.</param>
    /// <param name="slimPath">Path of the slim model.</param>
    /// <param name="recipe">Data, preprocessing and gates.</param>
    /// <param name="progress">Is told how far it is.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The figures; where gates do not hold, they are diagnostics beside the figures. MSLIM7003 where the models take other inputs.</returns>
    public Result<SlimReport> Run(
        string originalPath, string slimPath, Recipe recipe, IProgress<StageProgress> progress, CancellationToken cancellation) =>
        reader.Read(originalPath).Then(original => reader.Read(slimPath).Then(slim =>
            new SameInputs().Check(original.Graph, slim.Graph, slimPath) is { } difference
                ? difference
                : Analyse(originalPath, original, slim, recipe, progress, cancellation)));

    private Result<SlimReport> Analyse(
        string path, OnnxModel original, OnnxModel slim, Recipe recipe, IProgress<StageProgress> progress, CancellationToken cancellation) =>
        analysis.Run(original, recipe with { Prune = new PruneSpec() }, cancellation).Then(before =>
            analysis.Run(slim, recipe with { Prune = new PruneSpec() }, cancellation).Then(after =>
                data.Run(before, recipe.Data).Then(sets =>
                {
                    using (sets)
                    {
                        return Measure(Path.GetFileName(path), before, after, sets, recipe, progress, cancellation);
                    }
                })));

    private Result<SlimReport> Measure(
        string name,
        ModelAnalysis before,
        ModelAnalysis after,
        DataSets sets,
        Recipe recipe,
        IProgress<StageProgress> progress,
        CancellationToken cancellation)
    {
        if (MeasuringSamples.Of(sets, before, recipe) is not { } samples)
        {
            return DiagnosticCodes.OutputUnmeasurable.Says("the model has inputs that ModelSlim cannot make samples for; give data.eval");
        }

        return measuring.Run(before, [after.Model], after.Trace, samples.Set, progress, cancellation).Then(measured =>
        {
            var metric = MeasuredMetric.Of(recipe.Accept.Metric, samples.Set);
            var figures = measured.Forms[0];
            var missed = new AcceptGates().Missed(recipe.Accept, figures.Drop(metric), measured.Latency.Speedup).ToArray();
            return Result<SlimReport>.With(
                new SlimReport
                {
                    Model = name,
                    Before = ModelReport.Of(before.Cost) with { LatencyMs = measured.Latency.Models[0].MedianMs, Metric = figures.Of(metric)?.Original },
                    After = ModelReport.Of(after.Cost) with { LatencyMs = measured.Latency.Models[1].MedianMs, Metric = figures.Of(metric)?.Slim },
                    Stages = [],
                    Refusals = [],
                    Verification = new VerificationReport
                    {
                        MaxError = figures.MaxError,
                        Agreement = figures.Agreement,
                        MetricName = metric.ToString().ToLowerInvariant(),
                        Samples = samples.Origin,
                        Drop = figures.Drop(metric),
                        Speedup = measured.Latency.Speedup,
                        Passed = missed.Length == 0,
                    },
                },
                samples.Caution is { } caution ? [.. missed, caution] : missed);
        });
    }
}
