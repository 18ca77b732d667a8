using System.Collections.Immutable;
using ModelSlim.Core.Dependencies;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Exits;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Operators;
using ModelSlim.Core.Recipes;
using ModelSlim.Core.Reports;
using ModelSlim.Evaluation.Metrics;

namespace ModelSlim.Pipeline;

/// <summary>Runs an original and a slim model on the same samples: metric, agreement, latency, size, gates.</summary>
public sealed class ModelVerification(
    OnnxReader reader, DataStage data, MeasureStage measuring, AnalysisStage analysis, ZeroCensus zeros, OperatorCatalog catalog)
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
        if (UnlikeOutput(before, after) is { } unlike)
        {
            return DiagnosticCodes.OutputsDiffer.Says($"the models differ in {unlike}; they are not two forms of one model");
        }

        var samples = MeasuringSamples.Of(sets, before, recipe);
        var run = measuring.Run(before, [new ModelForm("slim", after.Model, after.Trace)], samples?.Set, progress, cancellation);
        if (run.Succeeded && run.Value.Forms.IsEmpty)
        {
            return DiagnosticCodes.OutputUnmeasurable.Says($"nothing can be measured: {run.Diagnostics[0].Message}");
        }

        return run.Then(measured =>
        {
            var metric = MeasuredMetric.Of(recipe.Accept.Metric, samples?.Set);
            var figures = measured.Forms[0];
            var left = after.Given with { Macs = after.Given.Macs + new SameFindings(catalog).Difference(before, after) };
            var missed = new AcceptGates().Missed(recipe, figures.Drop(metric), measured.Latency?.Speedup, SlimPipeline.JudgedLatency(recipe, measured.Latency?.Milliseconds(1))).ToArray();
            return Result<SlimReport>.With(
                new SlimReport
                {
                    Model = name,
                    Before = ModelReport.Of(before.Given, before) with { LatencyMs = measured.Latency?.Milliseconds(0), Metric = figures.Of(metric)?.Original },
                    After = ModelReport.Of(left, after) with { LatencyMs = measured.Latency?.Milliseconds(1), Metric = figures.Of(metric)?.Slim },
                    Stages = [],
                    Refusals = [],
                    Sparsity = zeros.Of(after with { Ignored = Ignored(after, recipe) }, recipe, cancellation, Head(before, after, recipe)) is { Zeros: > 0 } found ? found : null,
                    Verification = new VerificationReport
                    {
                        MaxError = figures.MaxError,
                        Agreement = figures.Agreement,
                        MetricName = metric.ToString().ToLowerInvariant(),
                        Samples = samples?.Origin,
                        Drop = figures.Drop(metric),
                        Speedup = measured.Latency?.Speedup,
                        Passed = missed.Length == 0,
                    },
                },
                samples?.Caution is { } caution ? [.. missed, caution] : missed);
        });
    }

    // Of what the recipe ignores, whatever the slim model still has.
    private static ImmutableSortedSet<string> Ignored(ModelAnalysis slim, Recipe recipe) =>
        recipe.Prune.Ignore.SelectMany(pattern => new IgnoreRules().Resolve(slim.Index, [pattern]).Value ?? []).ToImmutableSortedSet(StringComparer.Ordinal);

    // The head of an exit that the recipe put in, after all else: nobody prunes it.
    private static ImmutableHashSet<string> Head(ModelAnalysis original, ModelAnalysis slim, Recipe recipe) =>
        recipe.Methods.Any(MethodTraits.ExitsEarly) ? ExitHeads.Values(slim.Index).Except(ExitHeads.Values(original.Index)) : [];

    // Extents that a file leaves open may depend on the data, as behind NonMaxSuppression; the others must be the same.
    private static string? UnlikeOutput(ModelAnalysis before, ModelAnalysis after)
    {
        var (one, other) = (before.Model.Graph.Outputs, after.Model.Graph.Outputs);
        if (one.Length != other.Length)
        {
            return $"the number of outputs, {one.Length} and {other.Length}";
        }

        for (var i = 0; i < one.Length; i++)
        {
            if (before.Trace.Shapes.TryGetValue(one[i].Name, out var first) && after.Trace.Shapes.TryGetValue(other[i].Name, out var second)
                && (first.Length != second.Length
                    || Enumerable.Range(0, first.Length).Any(axis => first[axis] != second[axis] && !IsOpen(one[i], axis) && !IsOpen(other[i], axis))))
            {
                return $"the shape of output '{one[i].Name}', [{string.Join(", ", first)}] and [{string.Join(", ", second)}]";
            }
        }

        return null;
    }

    private static bool IsOpen(GraphValue output, int axis) => !output.Shape.IsDefault && axis < output.Shape.Length && output.Shape[axis].Extent is null;
}
