using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Recipes;
using ModelSlim.Core.Reports;
using ModelSlim.Core.Tensors;
using ModelSlim.Testing;
using ModelSlim.Training.Runtime;

namespace ModelSlim.Pipeline.Tests;

/// <summary>A model of token ids and a vector, from files to the slim model.</summary>
public sealed class SeveralInputsTests : IDisposable
{
    private static readonly SourceSpan Place = new("prune.yaml", 3, 3);

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("N")]
    [InlineData(null)]
    public async Task Two_inputs_are_calibrated_trained_and_evaluated_from_npz(string? batch)
    {
        var host = HostPlatform.Detect();
        Assert.SkipWhen(host.LibTorchPackage is null || !NumericsClass.Of(host, Numerics.Portable).Succeeded, "Fine-tuning does not run here.");
        var request = Request(batch, new Recipe
        {
            Target = new TargetSpec { Macs = 0.5 },
            Data = new DataSpec
            {
                Calibration = Tensors(),
                Train = Npz("train.npz", 512, seed: 3),
                Eval = Npz("eval.npz", 256, seed: 4),
            },
            FineTune = new FineTuneSpec
            {
                Epochs = 12,
                Batch = 32,
                Optimizer = new OptimizerSpec.AdamW { LearningRate = 0.01 },
            },
        });

        var slim = await new ModelSlimServices(2).Pipeline.RunAsync(request, new Progress<StageProgress>(), TestContext.Current.CancellationToken);

        Assert.True(slim.Succeeded, string.Join('\n', slim.Diagnostics));
        var report = slim.Value.Report;
        Assert.True(report.After.Macs <= 0.5 * report.Before.Macs);
        Assert.Equal(SampleOrigin.Eval, report.Verification!.Samples);
        var metrics = report.Stages.Where(stage => stage.Metric is not null).ToDictionary(stage => stage.Name, stage => stage.Metric!.Value);
        Assert.InRange(metrics["repair"], 0, 0.75);
        Assert.InRange(metrics["fine-tune"], 0.85, 1);

        var verified = new ModelSlimServices(2).Verification.Run(
            request.ModelPath, request.OutputPath, request.Recipe, new Progress<StageProgress>(), TestContext.Current.CancellationToken);
        Assert.Equal(report.After.Metric, verified.Value!.After.Metric);
        Assert.NotNull(verified.Value.Verification!.Speedup);
    }

    [Fact]
    public async Task Ids_that_the_model_does_not_know_are_an_error_and_not_a_wrong_result()
    {
        var request = Request("N", new Recipe
        {
            Target = new TargetSpec { Macs = 0.5 },
            Data = new DataSpec
            {
                Eval = new DataSource(DataKind.Csv, [folder.Write("eval.csv", "1,2,3,4,5,600,.1,.2,.3,.4,.5\n")], null, Place),
            },
        });
        var slim = await new ModelSlimServices(2).Pipeline.RunAsync(request, new Progress<StageProgress>(), TestContext.Current.CancellationToken);
        Assert.False(slim.Succeeded);
        Assert.Contains(slim.Diagnostics, said => said.Severity == Severity.Error && said.Message.Contains("600", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Data_that_fills_one_input_of_two_is_refused()
    {
        var request = Request("N", new Recipe
        {
            Target = new TargetSpec { Macs = 0.5 },
            Data = new DataSpec { Calibration = new DataSource(DataKind.Npy, [folder.Write("x.npy", "x")], null, Place) },
        });
        var slim = await new ModelSlimServices(2).Pipeline.RunAsync(request, new Progress<StageProgress>(), TestContext.Current.CancellationToken);
        Assert.Equal("MSLIM6014", Assert.Single(slim.Diagnostics).Code);
    }

    [Fact]
    public void A_check_finds_that_an_archive_has_no_labels_for_the_metric()
    {
        var bytes = DataFiles.Npz(packed: false, Unlabelled());
        var request = Request("N", new Recipe
        {
            Target = new TargetSpec { Macs = 0.5 },
            Data = new DataSpec { Eval = new DataSource(DataKind.Npz, [folder.Write("eval.npz", bytes)], null, Place) },
            Accept = new AcceptSpec { Metric = Metric.Accuracy, MaxDrop = 0.01 },
        });

        var found = new ModelSlimServices(2).Check.Run(request.ModelPath, request.Recipe, TestContext.Current.CancellationToken);

        Assert.Equal("MSLIM1205", Assert.Single(found.Diagnostics, said => said.Severity == Severity.Error).Code);
    }

    private static (string Name, byte[] Npy)[] Unlabelled()
    {
        var inputs = TwoInputNets.Make(batch: "N").Graph.Inputs;
        return
        [
            (inputs[0].Name, DataFiles.Npy("<i8", "2, 6", DataFiles.Bytes(new long[12]))),
            (inputs[1].Name, DataFiles.Npy("<f4", "2, 5", DataFiles.Bytes(new float[10]))),
        ];
    }

    private DataSource Npz(string name, int samples, long seed) =>
        new(DataKind.Npz, [folder.Write(name, TwoInputNets.Archive(samples, seed))], null, Place);

    private DataSource Tensors()
    {
        for (var set = 0; set < 32; set++)
        {
            folder.Write(
                Path.Combine("tensors", $"test_data_set_{set}", "input_0.pb"),
                DataFiles.Tensor(ElementType.Int64, [1, 6], DataFiles.Bytes(1L * set % 20, 2, 3, 4, 5, set / 2)));
            folder.Write(
                Path.Combine("tensors", $"test_data_set_{set}", "input_1.pb"),
                DataFiles.Tensor(ElementType.Float, [1, 5], DataFiles.Bytes(set / 32f, -set / 32f, 0.5f, -0.5f, (set % 7) - 3f)));
        }

        return new DataSource(DataKind.Tensors, [folder.File("tensors")], null, Place);
    }

    private SlimRequest Request(string? batch, Recipe recipe)
    {
        new OnnxWriter().Save(TwoInputNets.Make(batch: batch), folder.File("net.onnx"));
        return new SlimRequest
        {
            ModelPath = folder.File("net.onnx"),
            Recipe = recipe,
            OutputPath = folder.File("slim.onnx"),
            Offline = true,
        };
    }
}
