using System.Collections.Immutable;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Operators;
using ModelSlim.Core.Recipes;
using ModelSlim.Core.Reports;
using ModelSlim.Evaluation.Metrics;
using ModelSlim.Evaluation.Sessions;
using ModelSlim.Testing;
using ModelSlim.Training.Data;
using ModelSlim.Training.Runtime;

namespace ModelSlim.Pipeline.Tests;

/// <summary>Models whose input has no axis of samples, from files to the slim model.</summary>
public sealed class WholeInputTests : IDisposable
{
    private static readonly SourceSpan Place = new("prune.yaml", 3, 3);

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_classifier_is_calibrated_trained_and_evaluated_sample_by_sample()
    {
        SkipWithoutTraining();
        var recipe = new Recipe
        {
            Target = new TargetSpec { Macs = 0.5 },
            Data = new DataSpec { Train = Npy("train.npy", 96, seed: 3), Eval = Npy("eval.npy", 48, seed: 4) },
            FineTune = new FineTuneSpec { Epochs = 4, Batch = 16, Validation = 0, Distill = new DistillSpec(), Optimizer = new OptimizerSpec.AdamW { LearningRate = 0.01 } },
            Prune = new PruneSpec { Criterion = Criterion.Reconstruction },
        };

        var report = await Slim(WholeNets.Classifier(), recipe);

        Assert.True(report.After.Macs <= 0.5 * report.Before.Macs);
        Assert.Equal(SampleOrigin.Eval, report.Verification!.Samples);
        var metrics = report.Stages.Where(stage => stage.Metric is not null).ToDictionary(stage => stage.Name, stage => stage.Metric!.Value);
        Assert.True(metrics["fine-tune"] > 0.8, string.Join(", ", metrics));
        Assert.True(metrics["fine-tune"] >= metrics["cut"], string.Join(", ", metrics));
        var verified = Services().Verification.Run(folder.File("net.onnx"), folder.File("slim.onnx"), recipe, new Progress<StageProgress>(), TestContext.Current.CancellationToken);
        Assert.Equal(report.After.Metric, verified.Value!.After.Metric);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_input_whose_shape_only_the_recipe_says_is_fed_whole(bool trains)
    {
        if (trains)
        {
            SkipWithoutTraining();
        }

        var net = WholeNets.Classifier();
        var recipe = new Recipe
        {
            Target = new TargetSpec { Macs = 0.5 },
            Inputs = ImmutableSortedDictionary.Create<string, ImmutableArray<int>>(StringComparer.Ordinal).Add(net.Graph.Inputs[0].Name, [3, WholeNets.Side, WholeNets.Side]),
            Data = new DataSpec { Train = Npy("train.npy", 32, seed: 3) },
            FineTune = trains ? new FineTuneSpec { Steps = 2, Batch = 8, Validation = 0, Distill = new DistillSpec() } : null,
        };

        var report = await Slim(net.With(net.Graph with { Inputs = [net.Graph.Inputs[0] with { Shape = default }] }), recipe);

        Assert.Equal(SampleOrigin.Calibration, report.Verification!.Samples);
        Assert.NotNull(report.Verification.Agreement);
        Assert.NotNull(report.Stages.Single(stage => stage.Name == "repair").Metric);
        Assert.Empty(report.Warnings);
    }

    [Fact]
    public async Task A_detector_learns_by_the_boxes_and_scores_that_it_chooses_from()
    {
        SkipWithoutTraining();
        var recipe = new Recipe
        {
            Target = new TargetSpec { Macs = 0.6 },
            Data = new DataSpec { Train = Npy("train.npy", 96, seed: 3) },
            Accept = new AcceptSpec { Metric = Metric.Mse },
        };
        var repaired = await Slim(WholeNets.Detector(), recipe);
        var (left, mended) = (repaired.Stages.Single(stage => stage.Name == "cut").Metric, repaired.Stages.Single(stage => stage.Name == "repair").Metric);
        await Slim(WholeNets.Detector(), recipe with { Repair = RepairMode.Off });
        var before = DistanceOfWhatIsChosenFrom();
        var tuned = await Slim(WholeNets.Detector(), recipe with
        {
            Repair = RepairMode.Off,
            FineTune = new FineTuneSpec { Epochs = 8, Batch = 8, Validation = 0, Distill = new DistillSpec(), Optimizer = new OptimizerSpec.AdamW { LearningRate = 0.003 } },
        });

        Assert.True(mended < left, $"{left} {mended}");
        Assert.True(tuned.After.Macs <= 0.6 * tuned.Before.Macs);
        var after = DistanceOfWhatIsChosenFrom();
        Assert.True(after < 0.9 * before, $"{before} {after}");
        var slim = new OnnxReader().Read(folder.File("slim.onnx")).Value!;
        Assert.Equal(WholeNets.Detector().Graph.Outputs.Select(output => output.Name), slim.Graph.Outputs.Select(output => output.Name));
        Assert.NotNull(tuned.Verification!.Drop);
    }

    [Fact]
    public async Task Layers_behind_a_choice_are_cut_and_left_as_the_cut_leaves_them()
    {
        SkipWithoutTraining();
        var recipe = new Recipe
        {
            Target = new TargetSpec { Macs = 0.6 },
            Data = new DataSpec { Train = Npy("train.npy", 32, seed: 3) },
            Prune = new PruneSpec { Criterion = Criterion.Magnitude },
            Repair = RepairMode.Off,
        };
        var net = WholeNets.Detector(masks: true);
        var cut = await Slim(net, recipe);
        var before = new OnnxReader().Read(folder.File("slim.onnx")).Value!.Graph.Initializers;
        var healed = await Slim(net, recipe with
        {
            Repair = RepairMode.Auto,
            FineTune = new FineTuneSpec { Steps = 3, Batch = 8, Validation = 0, Distill = new DistillSpec(), Optimizer = new OptimizerSpec.Sgd { LearningRate = 0.01 } },
        });

        var after = new OnnxReader().Read(folder.File("slim.onnx")).Value!.Graph.Initializers;
        bool Same(string weights) => before[weights].Bytes.Span.SequenceEqual(after[weights].Bytes.Span);
        Assert.True(cut.After.Macs < cut.Before.Macs);
        Assert.Empty(cut.Warnings);
        Assert.Contains("conv_5", Assert.Single(healed.Warnings, warning => warning.Code == "MSLIM5041").Message, StringComparison.Ordinal);
        Assert.Equal(before.Keys.Order(), after.Keys.Order());
        Assert.All(new[] { "weights_1.w", "weights_2.w", "weights_3.w", "weights_4.w" }, weights => Assert.False(Same(weights), weights));
        Assert.All(new[] { "weights_5.w", "weights_6.w" }, weights => Assert.True(Same(weights), weights));
    }

    [Fact]
    public void An_inspection_of_such_a_model_counts_what_one_sample_takes()
    {
        var inspected = new AnalysisStage(new SessionFactory(), OperatorCatalog.Standard)
            .Run(WholeNets.Classifier(), new Recipe { Target = new TargetSpec() }, TestContext.Current.CancellationToken).Value!;
        var input = Assert.Single(inspected.SampleInputs);
        Assert.Equal((true, null), (input.IsWhole, input.Batch));
        Assert.Equal([3, WholeNets.Side, WholeNets.Side], input.Shape);
    }

    // Of the boxes and scores that boxes are chosen from, to those of the original, on samples that nothing was fitted on.
    private double DistanceOfWhatIsChosenFrom()
    {
        var (sessions, cancellation) = (new SessionFactory(), TestContext.Current.CancellationToken);
        ModelAnalysis Analysed(string file) => new AnalysisStage(sessions, OperatorCatalog.Standard)
            .Run(new OnnxReader(), folder.File(file), new Recipe { Target = new TargetSpec() }, cancellation).Value!;
        var (original, slim) = (Analysed("net.onnx"), Analysed("slim.onnx"));
        var compared = new ComparedOutputs(original);
        using var samples = new SampleSetReader().Open(Npy("other.npy", 32, seed: 9), new PreprocessSpec(), original.SampleInputs).Value!;
        BatchedModel Opened(ModelAnalysis form, ModelAnalysis other) =>
            new BatchedModelOpener(sessions).Open(compared.In(form.Model, other.Model), form.Trace, samples, cancellation).Value!;
        using var wanted = Opened(original, slim);
        using var actual = Opened(slim, original);
        return new ModelComparer(1).Compare(wanted, [actual], samples, null, cancellation).Value![0].Mse;
    }

    private DataSource Npy(string name, int samples, long seed)
    {
        var values = new ModelBuilder(seed).Random("pictures", [samples, 3, WholeNets.Side, WholeNets.Side], 0, 1);
        return new DataSource(
            DataKind.Npy, [folder.Write(name, DataFiles.Npy("<f4", $"{samples}, 3, {WholeNets.Side}, {WholeNets.Side}", DataFiles.Bytes(values)))], null, Place);
    }

    private static ModelSlimServices Services() => new(1);

    private static void SkipWithoutTraining()
    {
        var host = HostPlatform.Detect();
        Assert.SkipWhen(host.LibTorchPackage is null || !NumericsClass.Of(host, Numerics.Portable).Succeeded, "Fine-tuning does not run here.");
    }

    private async Task<SlimReport> Slim(OnnxModel model, Recipe recipe)
    {
        new OnnxWriter().Save(model, folder.File("net.onnx"));
        var request = new SlimRequest { ModelPath = folder.File("net.onnx"), Recipe = recipe, OutputPath = folder.File("slim.onnx"), Offline = true };
        var slim = await Services().Pipeline.RunAsync(request, new Progress<StageProgress>(), TestContext.Current.CancellationToken);
        Assert.True(slim.Succeeded, string.Join('\n', slim.Diagnostics));
        return slim.Value.Report;
    }
}
