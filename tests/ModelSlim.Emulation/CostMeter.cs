using System.Diagnostics;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Recipes;
using ModelSlim.Training.FineTuning;
using ModelSlim.Training.Kernels;
using ModelSlim.Training.Modules;
using ModelSlim.Training.Tests.FineTuning;

namespace ModelSlim.Emulation;

/// <summary>How much of a processor a step of fine-tuning takes: its time, not that of the clock, which others share.</summary>
internal static class CostMeter
{
    private const int Batches = 10;

    // Shorter than that, what begins and ends a training hides what a step takes.
    private const double Least = 1500;

    /// <summary>Milliseconds of a step, the least of several runs; what begins and ends a training does not count.</summary>
    /// <param name="model">The model, which is its own teacher where there is one.</param>
    /// <param name="spec">Optimizer, batch and distillation; its steps do not matter.</param>
    /// <param name="runs">How many.</param>
    public static double Measure(OnnxModel model, FineTuneSpec spec, int runs)
    {
        var steps = 5;
        while (Steps(model, spec, steps) < Least)
        {
            steps *= 2;
        }

        return Enumerable.Range(0, runs).Min(_ => Steps(model, spec, steps)) / steps;
    }

    private static double Steps(OnnxModel model, FineTuneSpec spec, int steps) => Time(model, spec, 2 * steps) - Time(model, spec, steps);

    private static double Time(OnnxModel model, FineTuneSpec spec, int steps)
    {
        using var samples = new SyntheticSamples(
            [.. model.Graph.Inputs[0].Shape.Skip(1).Select(axis => axis.Extent!.Value)], 4, Batches * spec.Batch, labelled: true);
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        var result = new FineTuner(new GraphCompiler(KernelRegistry.Standard), TimeProvider.System).Run(
            new TuningJob(model, model, spec with { Steps = steps, Validation = 0 }, samples), new Progress<StageProgress>(), CancellationToken.None);
        process.Refresh();
        return result.Succeeded
            ? (process.TotalProcessorTime - before).TotalMilliseconds
            : throw new InvalidOperationException(string.Join('\n', result.Diagnostics));
    }
}
