using ModelSlim.Core.Data;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Recipes;
using ModelSlim.Core.Reports;

namespace ModelSlim.Pipeline;

/// <summary>What models are compared on.</summary>
/// <param name="Set">The samples.</param>
/// <param name="Origin">Where they come from.</param>
public sealed record MeasuringSamples(SampleSet Set, SampleOrigin Origin)
{
    // What is measured on made-up samples says little, so that a large model, which would take an hour, gets fewer: about a minute's work; so does
    // one that chooses among what it finds, most of whose time is no layer's.
    private const long MostNoiseMacs = 1L << 40;
    private const int LeastNoise = 16;

    /// <summary>A warning where the samples are made up.</summary>
    public Diagnostic? Caution => Origin != SampleOrigin.Noise ? null : DiagnosticCodes.MadeUpSamples.Says(
        "no samples were given, so what the slim model does on real ones is not known: repair and agreement come from made-up pictures; name some in data.calibration (no labels needed), or data.eval");

    /// <summary>The best samples there are; null where none are given and none can be made for the model's inputs.</summary>
    public static MeasuringSamples? Of(DataSets sets, ModelAnalysis analysis, Recipe recipe) =>
        sets.Eval is { } eval ? new MeasuringSamples(Labelled(eval, analysis, recipe), SampleOrigin.Eval)
        : sets.Calibration is { } calibration ? new MeasuringSamples(Labelled(calibration, analysis, recipe), SampleOrigin.Calibration)
        : RepairStage.Noise(analysis, recipe, analysis.Dependencies.SettledOutputs.IsDefault ? NoiseCount(analysis.Given.Macs) : LeastNoise) is { } noise ? new MeasuringSamples(noise, SampleOrigin.Noise)
        : null;

    // Labels of classes that the model does not tell, or that nobody counts, are none.
    private static SampleSet Labelled(SampleSet samples, ModelAnalysis analysis, Recipe recipe) =>
        !samples.HasLabels || (recipe.Accept.Metric is Metric.Accuracy or Metric.Top5 && new ClassScores(analysis).Uncounted is null) ? samples : new UnlabelledSamples(samples);

    /// <summary>How many made-up samples a model of so many multiply-accumulates is measured on at the most.</summary>
    public static int NoiseCount(long macs) => (int)Math.Clamp(MostNoiseMacs / Math.Max(1, macs), LeastNoise, int.MaxValue);
}
