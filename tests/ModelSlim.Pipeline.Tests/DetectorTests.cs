using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Recipes;
using ModelSlim.Testing;

namespace ModelSlim.Pipeline.Tests;

/// <summary>Detectors, which find another number of things in each sample, and tell no classes of samples.</summary>
public sealed class DetectorTests : IDisposable
{
    private static readonly SourceSpan Place = new("prune.yaml", 3, 3);
    private static readonly Recipe Half = new() { Target = new TargetSpec { Macs = 0.6 }, Repair = RepairMode.Off, Prune = new PruneSpec { Criterion = Criterion.Random } };

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(7)]
    public async Task A_slim_model_is_counted_for_as_many_boxes_as_the_original_whoever_counts(int seed)
    {
        new OnnxWriter().Save(WholeNets.Detector(seed, traits: true), folder.File("net.onnx"));
        var made = await Slim(Half with { Seed = seed });
        Assert.True(made.Succeeded, string.Join('\n', made.Diagnostics));
        var report = made.Value.Report;

        var verified = Services().Verification.Run(
            folder.File("net.onnx"), folder.File("slim.onnx"), Half, new Progress<StageProgress>(), TestContext.Current.CancellationToken);

        Assert.True(verified.Succeeded, string.Join('\n', verified.Diagnostics));
        Assert.Equal((report.Before.Macs, report.After.Macs), (verified.Value.Before.Macs, verified.Value.After.Macs));
    }

    [Fact]
    public async Task Labels_that_no_output_has_classes_for_are_refused_before_anything_is_trained()
    {
        var labelled = Labelled();
        foreach (var (recipe, code) in new[]
        {
            (Half with { Data = new DataSpec { Train = labelled }, FineTune = new FineTuneSpec { Steps = 2 } }, "MSLIM6104"),
            (Half with { Data = new DataSpec { Train = labelled }, Prune = new PruneSpec { Criterion = Criterion.Taylor } }, "MSLIM6104"),
            (Half with { Data = new DataSpec { Eval = labelled } }, "MSLIM7002"),
        })
        {
            foreach (var net in new[] { WholeNets.Detector(), Map() })
            {
                new OnnxWriter().Save(net, folder.File("net.onnx"));
                var made = (await Slim(recipe)).Diagnostics;
                var check = Services().Check.Run(folder.File("net.onnx"), recipe, TestContext.Current.CancellationToken).Diagnostics;
                Assert.All([made, check], said => Assert.Equal((code, Place), said.Where(one => one.Severity == Severity.Error).Select(one => (one.Code, one.Location)).Single()));
            }
        }
    }

    [Theory]
    [InlineData(true, Metric.Agreement)]
    [InlineData(true, Metric.Mse)]
    [InlineData(false, Metric.Accuracy)]
    public async Task Labels_that_nobody_counts_do_no_harm(bool eval, Metric metric)
    {
        new OnnxWriter().Save(WholeNets.Detector(), folder.File("net.onnx"));
        var data = eval ? new DataSpec { Eval = Labelled() } : new DataSpec { Calibration = Labelled() };

        var slim = await Slim(Half with { Data = data, Accept = new AcceptSpec { Metric = metric } });

        Assert.True(slim.Succeeded, string.Join('\n', slim.Diagnostics));
        Assert.Equal(metric == Metric.Mse ? "mse" : "agreement", slim.Value.Report.Verification!.MetricName);
    }

    [Fact]
    public void What_takes_one_way_or_another_is_timed_on_the_samples_that_the_recipe_names()
    {
        new OnnxWriter().Save(FlowNets.AskedElements(counts: false), folder.File("net.onnx"));
        new OnnxWriter().Save(WholeNets.Classifier(), folder.File("other.onnx"));
        var recipe = Half with { Data = new DataSpec { Eval = Labelled(side: 8) } };
        bool OnSamples(string model, Recipe by) => Services().Latency.Run([folder.File(model)], by, TestContext.Current.CancellationToken).Value!.OnSamples;

        Assert.True(OnSamples("net.onnx", recipe));
        Assert.False(OnSamples("net.onnx", Half));
        Assert.False(OnSamples("other.onnx", recipe));
    }

    private static ModelSlimServices Services() => new(1);

    // A class for each place of a picture, as segmentation gives it.
    private static OnnxModel Map()
    {
        var net = new ModelBuilder();
        net.Output(net.Conv(net.Relu(net.Conv(net.Input("picture", 1, 3, WholeNets.Side, WholeNets.Side), 24, 3, pad: 1)), 4, 1));
        return net.Build();
    }

    private DataSource Labelled(int side = WholeNets.Side)
    {
        var values = new ModelBuilder(5).Random("pictures", [16, 3, side, side], 0, 1);
        var pictures = folder.Write("x.npy", DataFiles.Npy("<f4", $"16, 3, {side}, {side}", DataFiles.Bytes(values)));
        var labels = folder.Write("y.npy", DataFiles.Npy("<i4", "16,", [.. Enumerable.Range(0, 16).SelectMany(i => BitConverter.GetBytes(i % 4))]));
        return new DataSource(DataKind.Npy, [pictures, labels], null, Place);
    }

    private Task<Result<SlimOutcome>> Slim(Recipe recipe) => Services().Pipeline.RunAsync(
        new SlimRequest { ModelPath = folder.File("net.onnx"), Recipe = recipe, OutputPath = folder.File("slim.onnx"), Offline = true },
        new Progress<StageProgress>(),
        TestContext.Current.CancellationToken);
}
