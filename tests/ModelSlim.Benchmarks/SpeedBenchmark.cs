using System.Diagnostics;
using Microsoft.ML.OnnxRuntime;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Operators;
using ModelSlim.Core.Recipes;
using ModelSlim.Evaluation.Metrics;
using ModelSlim.Evaluation.Sessions;
using ModelSlim.Evaluation.Tracing;
using ModelSlim.Pipeline;
using ModelSlim.Training.Worker;

namespace ModelSlim.Benchmarks;

/// <summary>
/// How long <c>modelslim plan</c> takes, start of the process included, against twice what ONNX Runtime needs to load the file
/// and run it once, plus 1 s. Below 1 is fast enough.
/// </summary>
internal sealed class SpeedBenchmark
{
    private const int Repeats = 3;

    /// <summary>Measures one model, by the clock and by the processor time, which other work on the machine disturbs less.</summary>
    public string Run(string name, string path)
    {
        var runtime = Enumerable.Range(0, Repeats).Select(_ => LoadAndRun(path)).ToArray();
        var plan = Enumerable.Range(0, Repeats).Select(_ => ToolChild.Run("plan", path, "--target", "macs=50%", "-v", "q")).ToArray();
        var clock = Ratio("clock", runtime.Min(run => run.Clock), plan.Min(run => run.Time.TotalSeconds));
        var work = Ratio("processor", runtime.Min(run => run.Work), plan.Min(run => run.Work.TotalSeconds));
        return $"{name}\n{clock}\n{work}\n{Stages(path)}";
    }

    private static string Ratio(string what, double runtime, double plan)
    {
        var limit = (2 * runtime) + 1;
        return $"  {what}: load and run {runtime:F2} s, plan {plan:F2} s, limit {limit:F2} s, ratio {plan / limit:F2}";
    }

    private static (double Clock, double Work) LoadAndRun(string path)
    {
        var work = Environment.CpuUsage.TotalTime;
        var clock = Stopwatch.StartNew();
        using var options = new SessionOptions();
        using var session = new InferenceSession(path, options);
        using var run = new RunOptions();
        var shapes = session.InputMetadata.Values.Select(input => Array.ConvertAll(input.Dimensions, extent => (long)Math.Max(1, extent)));
        var inputs = shapes.Select(shape => OrtValue.CreateAllocatedTensorValue(
            OrtAllocator.DefaultInstance, Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.Float, shape)).ToList();
        using var outputs = session.Run(run, [.. session.InputNames], inputs, session.OutputNames);
        inputs.ForEach(input => input.Dispose());
        return (clock.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - work).TotalSeconds);
    }

    // Processor time, second time round, so that what is measured is not the just-in-time compiler.
    private static string Stages(string path)
    {
        var text = "";
        for (var round = 0; round < 2; round++)
        {
            text = "";
            var catalog = OperatorCatalog.Standard;
            var recipe = new RecipeLoader(new DiskFileView()).Load(null, new RecipeOverrides { Target = new TargetSpec { Macs = 0.5 } }).Value!;
            var model = Timed("read", () => new OnnxReader().Read(path).Value!);
            var trace = Timed("trace", () => new ModelTracer(new SessionFactory(), catalog).Trace(model, recipe.Inputs, default).Value!);
            var index = new Core.Graphs.GraphIndex(model.Graph);
            var groups = Timed("groups", () => new Core.Dependencies.DependencyBuilder(catalog).Build(index, trace, new HashSet<string>()));
            var analysis = Timed("all of analysis", () => new AnalysisStage(new SessionFactory(), catalog)
                .Run(model, recipe, default).Value!);
            var plan = Timed("plan", () => new ScoreStage(new SessionFactory(), catalog, new ScoreWorker(), 1).Run(analysis, null, recipe, new TorchSource(), null, default)
                .Then(scores => new PlanStage(catalog, new PlanTimer(new LatencyMeter(new SessionFactory(), TimeProvider.System, 1), catalog)).Run(analysis, scores, recipe, default)));
        }

        return text;

        T Timed<T>(string stage, Func<T> work)
        {
            var before = Environment.CpuUsage.TotalTime;
            var result = work();
            text += $"  {stage} {(Environment.CpuUsage.TotalTime - before).TotalSeconds:F2} s";
            return result;
        }
    }
}
