using System.Diagnostics;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Recipes;
using ModelSlim.Training.FineTuning;
using ModelSlim.Training.Kernels;
using ModelSlim.Training.Modules;
using ModelSlim.Training.Tests.FineTuning;

namespace ModelSlim.Emulation;

/// <summary>How much of a processor a step of fine-tuning with distillation takes: its time, not that of the clock, which others share.</summary>
internal static class CostMeter
{
    private const int Batch = 64;
    private const int Samples = 10 * Batch;

    // Shorter than that, what begins and ends a training hides what a step takes.
    private const double Least = 1500;

    /// <summary>Milliseconds of a step, the least of several runs; what begins and ends a training does not count.</summary>
    public static double Measure(OnnxModel model, OptimizerSpec optimizer, int runs)
    {
        var steps = 5;
        while (Steps(model, optimizer, steps) < Least)
        {
            steps *= 2;
        }

        return Enumerable.Range(0, runs).Min(_ => Steps(model, optimizer, steps)) / steps;
    }

    private static double Steps(OnnxModel model, OptimizerSpec optimizer, int steps) =>
        Time(model, optimizer, 2 * steps) - Time(model, optimizer, steps);

    private static double Time(OnnxModel model, OptimizerSpec optimizer, int steps)
    {
        using var samples = new SyntheticSamples(
            [.. model.Graph.Inputs[0].Shape.Skip(1).Select(axis => axis.Extent!.Value)], 4, Samples, labelled: true);
        var spec = new FineTuneSpec { Steps = steps, Batch = Batch, Optimizer = optimizer, Distill = new DistillSpec(), Validation = 0 };
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        var result = new FineTuner(new GraphCompiler(KernelRegistry.Standard), TimeProvider.System).Run(
            new TuningJob(model, model, spec, samples), new Progress<StageProgress>(), CancellationToken.None);
        process.Refresh();
        return result.Succeeded
            ? (process.TotalProcessorTime - before).TotalMilliseconds
            : throw new InvalidOperationException(string.Join('\n', result.Diagnostics));
    }
}
