using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Fingerprints;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Lossless;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Recipes;
using ModelSlim.Core.Reports;
using ModelSlim.Core.Tensors;
using ModelSlim.Testing;
using ModelSlim.Training.Worker;
using SkiaSharp;

namespace ModelSlim.Pipeline.Tests;

public sealed class SlimPipelineTests : IDisposable
{
    private static readonly Recipe Half = new() { Target = new TargetSpec { Macs = 0.5 } };

    private readonly TemporaryFolder folder = new();

    public SlimPipelineTests()
    {
        new OnnxWriter().Save(SmallNets.Residual(folded: true), Model);
    }

    private string Model => folder.File("net.onnx");

    private string Output => folder.File("slim.onnx");

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(Method.Unstructured, null)]
    [InlineData(Method.SemiStructured, null)]
    [InlineData(Method.Channels, 1.5)]
    [InlineData(Method.Dynamic, 1.5)]
    public void A_model_with_zeros_is_not_refused_for_what_chance_measured(Method method, double? judged)
    {
        var recipe = new Recipe { Target = new TargetSpec(), Method = method };

        Assert.Equal(judged, SlimPipeline.JudgedLatency(recipe, 1.5));
        Assert.Equal(1.5, SlimPipeline.JudgedLatency(recipe with { Then = [Method.Channels] }, 1.5));
    }

    [Fact]
    public async Task ReachesTheTargetProvesTheCutAndTakesTheSecondResultFromTheStore()
    {
        var first = await Slim(Request(Half));
        Assert.True(first.Succeeded, string.Join('\n', first.Diagnostics));
        var report = first.Value.Report;
        Assert.Equal(CacheUse.Miss, report.Cache);
        Assert.True(report.After.Macs <= 0.5 * report.Before.Macs);
        Assert.Equal(new FileInfo(Output).Length, report.After.Bytes);
        Assert.InRange(report.Verification!.MaxError!.Value, 0, 1e-4);

        var bytes = await File.ReadAllBytesAsync(Output, TestContext.Current.CancellationToken);
        var elsewhere = folder.File("elsewhere", "other.onnx");
        Directory.CreateDirectory(Path.GetDirectoryName(elsewhere)!);
        File.Move(Model, elsewhere);
        var second = await Slim(Request(Half) with { ModelPath = elsewhere });
        Assert.Equal(CacheUse.Hit, second.Value!.Report.Cache);
        Assert.Equal(first.Value.Sha256, second.Value.Sha256);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(Output, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(RepairMode.Auto, 2)]
    [InlineData(RepairMode.Off, 0)]
    public async Task WhatChangesNoOutputGoesFirstAndIsReported(RepairMode repair, int channels)
    {
        var net = SmallNets.Chain(folded: true);
        var reader = net.Graph.Nodes.Where(node => node.OpType == "Conv").ElementAt(1).Inputs[1];
        var weights = net.Graph.Initializers[reader];
        var values = weights.ToSingles();
        for (var i = 0; i < values.Length; i++)
        {
            // Input channels 3 and 5 of the second Conv [12, 8, 3, 3].
            values[i] = i / 9 % 8 is 3 or 5 ? 0 : values[i];
        }

        new OnnxWriter().Save(net.With(net.Graph.WithConstants(new Dictionary<string, TensorData> { [reader] = weights.WithSingles(values) })), Model);
        var slim = await Slim(Request(Half with { Repair = repair }));

        Assert.True(slim.Succeeded, string.Join('\n', slim.Diagnostics));
        Assert.Equal(channels, slim.Value.Report.Lossless.Sum(removal => removal.Channels));
        Assert.All(slim.Value.Report.Lossless, removal => Assert.Equal(LosslessKind.Dead, removal.Kind));
        Assert.Equal(new FileInfo(Model).Length, slim.Value.Report.Before.Bytes);
        Assert.True(slim.Value.Report.After.Macs <= 0.5 * slim.Value.Report.Before.Macs);
    }

    [Fact]
    public async Task AModelTooLargeForOneFileIsTwoEverywhere()
    {
        var services = new ModelSlimServices(2, new OnnxWriter(largestFile: 0));
        var whole = await Slim(Request(Half) with { CacheDirectory = null });
        var expected = new OnnxReader().Read(Output).Value!;
        File.Delete(Output);

        foreach (var (name, use) in new[] { ("one.onnx", CacheUse.Miss), ("two.onnx", CacheUse.Hit) })
        {
            var slim = await services.Pipeline.RunAsync(
                Request(Half) with { OutputPath = folder.File(name) }, new Progress<StageProgress>(), TestContext.Current.CancellationToken);

            Assert.True(slim.Succeeded, string.Join('\n', slim.Diagnostics));
            Assert.Equal(use, slim.Value.Report.Cache);
            Assert.Equal(ContentDigest.Of(await File.ReadAllBytesAsync(folder.File(name), TestContext.Current.CancellationToken)).Sha256, slim.Value.Sha256);
            var read = new OnnxReader().Read(folder.File(name)).Value!;
            Assert.Equal([$"{name}.data"], read.ExternalFiles);
            Assert.True(GraphComparison.Same(expected.Graph, read.Graph));
        }

        Assert.True(whole.Succeeded);
    }

    [Fact]
    public async Task AnOriginalWithDataBesideItIsReadAndKeptInOneFile()
    {
        var apart = folder.File("apart", "net.onnx");
        var original = new OnnxReader().Read(Model).Value!;
        new OnnxWriter(largestFile: 0).Save(original, apart);

        var slim = await Slim(Request(Half) with { ModelPath = apart });
        Assert.Equal([folder.File("apart", "net.onnx.data")], slim.Value!.ExternalFiles);
        Assert.False(File.Exists(Output + ".data"));
        Assert.True(new OnnxReader().Read(Output).Succeeded);

        var kept = await Slim(Request(Half with { Accept = new AcceptSpec { MinSpeedup = 1000, OnFail = OnFail.WarnAndKeepOriginal } }) with { ModelPath = apart });
        Assert.True(kept.Value!.Report.KeptOriginal);
        Assert.True(GraphComparison.Same(original.Graph, new OnnxReader().Read(Output).Value!.Graph));
    }

    [Fact]
    public async Task WeightsOf16BitsArePrunedRepairedMeasuredAndStayOf16Bits()
    {
        new OnnxWriter().Save(HalfPrecision.Of(SmallNets.Residual(folded: true), ElementType.Float16), Model);

        var slim = await Slim(Request(Half));

        Assert.True(slim.Succeeded, string.Join('\n', slim.Diagnostics));
        var report = slim.Value.Report;
        Assert.True(report.After.Macs <= 0.5 * report.Before.Macs);
        Assert.InRange(report.Verification!.MaxError!.Value, 0, 1e-2);
        Assert.NotNull(report.Verification.Agreement);
        Assert.Contains(report.Stages, stage => stage.Name == "repair");
        Assert.All(new OnnxReader().Read(Output).Value!.Graph.Initializers.Values.Where(tensor => tensor.IsFloatingPoint), tensor => Assert.Equal(ElementType.Float16, tensor.Type));
    }

    [Fact]
    public async Task AnotherTargetIsAnotherResult()
    {
        await Slim(Request(Half));
        var other = await Slim(Request(Half with { Target = new TargetSpec { Macs = 0.7 } }));
        Assert.Equal(CacheUse.Miss, other.Value!.Report.Cache);
    }

    [Fact]
    public async Task TheNumberOfThreadsDoesNotChangeTheBytes()
    {
        var one = await Slim(Request(Half) with { CacheDirectory = null }, threads: 1);
        var two = await Slim(Request(Half) with { CacheDirectory = null }, threads: 2);
        Assert.Equal(CacheUse.Off, one.Value!.Report.Cache);
        Assert.Equal(one.Value.Sha256, two.Value!.Sha256);
    }

    [Fact]
    public async Task AMissIsAnErrorWhereOnlyTheStoreMayAnswer()
    {
        var missed = await Slim(Request(Half) with { CachePolicy = CachePolicy.ReadOnly });
        Assert.Equal("MSLIM3020", Assert.Single(missed.Diagnostics).Code);
        Assert.False(File.Exists(Output));
    }

    [Fact]
    public async Task WithoutAStoreTooNothingIsMadeWhereOnlyTheStoreMayAnswer()
    {
        var missed = await Slim(Request(Half) with { CachePolicy = CachePolicy.ReadOnly, CacheDirectory = null });
        Assert.Equal("MSLIM3020", Assert.Single(missed.Diagnostics).Code);
        Assert.False(File.Exists(Output));
    }

    [Fact]
    public async Task WarningsComeOutOfTheStoreWithTheResult()
    {
        Picture("unlabelled/some/x.png");
        Directory.CreateDirectory(folder.File("unlabelled", "none"));
        var recipe = Half with { Data = new DataSpec { Calibration = Images("unlabelled") } };
        var made = await Slim(Request(recipe));
        Assert.Equal(CacheUse.Miss, made.Value!.Report.Cache);
        Assert.Contains(made.Diagnostics, warning => warning.Code == "MSLIM6012");

        var taken = await Slim(Request(recipe));
        Assert.Equal(CacheUse.Hit, taken.Value!.Report.Cache);
        Assert.Equal(made.Diagnostics.Select(warning => (warning.Code, warning.Message)), taken.Diagnostics.Select(warning => (warning.Code, warning.Message)));
    }

    [Fact]
    public async Task PicturesWithoutClassesCannotBeJudgedByAccuracy()
    {
        Picture("flat/x.png");
        var refused = await Slim(Request(Half with
        {
            Data = new DataSpec { Eval = Images("flat") },
            Accept = new AcceptSpec { Metric = Metric.Accuracy, MaxDrop = 0.01 },
        }));
        Assert.Equal("MSLIM1205", Assert.Single(refused.Diagnostics).Code);
        Assert.False(File.Exists(Output));
    }

    [Fact]
    public async Task SpeedIsJudgedByThisMachineAndNotByTheOneThatFilledTheStore()
    {
        await Slim(Request(Half));
        Assert.DoesNotContain("measure", await Stages(Half));
        Assert.Contains("measure", await Stages(Half with { Accept = new AcceptSpec { MinSpeedup = 1e-6 } }));
    }

    [Fact]
    public async Task AMissedGateWritesNothingOrKeepsTheOriginal()
    {
        // A slim model cannot be better than the original by a tenth.
        var strict = Half with { Accept = new AcceptSpec { Metric = Metric.Agreement, MaxDrop = -0.1 } };
        var failed = await Slim(Request(strict));
        Assert.Equal("MSLIM7010", Assert.Single(failed.Diagnostics, said => said.Severity == Severity.Error).Code);
        Assert.False(File.Exists(Output));

        var kept = await Slim(Request(strict with { Accept = strict.Accept with { OnFail = OnFail.WarnAndKeepOriginal } }));
        Assert.True(kept.Value!.Report.KeptOriginal);
        Assert.Equal(CacheUse.Hit, kept.Value.Report.Cache);
        Assert.Contains(kept.Diagnostics, warning => warning.Code == "MSLIM7012");
        Assert.Equal(await File.ReadAllBytesAsync(Model, TestContext.Current.CancellationToken), await File.ReadAllBytesAsync(Output, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task ANetThatOnlyGivesClassesIsShippedWithAWarningUnlessAGateAsks()
    {
        var builder = new ModelBuilder();
        var x = builder.Relu(builder.Conv(builder.Input("x", 1, 3, 8, 8), 16, 3));
        builder.Node("ArgMax", [builder.Conv(x, 4, 3)], null, ("axis", new AttributeValue.Int(1)));
        var model = builder.Build();
        new OnnxWriter().Save(model.With(model.Graph with { Outputs = [new GraphValue("argmax_1_out", ElementType.Int64, default)] }), Model);

        var shipped = await Slim(Request(Half));
        Assert.True(shipped.Succeeded, string.Join('\n', shipped.Diagnostics));
        Assert.Contains(shipped.Diagnostics, said => said.Code == "MSLIM7004");
        Assert.Null(shipped.Value.Report.Verification!.Drop);
        Assert.NotNull(shipped.Value.Report.Verification.Speedup);

        var gated = await Slim(Request(Half with { Accept = new AcceptSpec { Metric = Metric.Agreement, MaxDrop = 0.5 } }));
        Assert.Contains(gated.Diagnostics, said => said.Code == "MSLIM7010");
        Assert.False(gated.Succeeded);
    }

    [Fact]
    public async Task TheFirstOutputOfRealNumbersIsMeasured()
    {
        var builder = new ModelBuilder();
        var x = builder.Relu(builder.Conv(builder.Input("x", 1, 3, 8, 8), 16, 3));
        var y = builder.Output(builder.Conv(x, 4, 3));
        builder.Node("ArgMax", [y], null, ("axis", new AttributeValue.Int(1)));
        var model = builder.Build();
        new OnnxWriter().Save(
            model.With(model.Graph with { Outputs = model.Graph.Outputs.Insert(0, new GraphValue("argmax_1_out", ElementType.Int64, default)) }), Model);

        var shipped = await Slim(Request(Half));

        Assert.True(shipped.Succeeded, string.Join('\n', shipped.Diagnostics));
        Assert.DoesNotContain(shipped.Diagnostics, said => said.Code is "MSLIM5040" or "MSLIM7004");
        Assert.InRange(shipped.Value.Report.Verification!.Drop!.Value, 0, 1);
    }

    [Fact]
    public async Task AModelOfAFixedBatchIsRepairedAndMeasured()
    {
        var builder = new ModelBuilder();
        var x = builder.Relu(builder.Conv(builder.Input("x", 2, 3, 8, 8), 16, 3));
        var y = builder.Flatten(builder.GlobalAveragePool(builder.Conv(x, 4, 3)));
        builder.Output(builder.Add(y, builder.Initializer("rows", [2, 4], -1, 1)));
        new OnnxWriter().Save(builder.Build(), Model);

        var shipped = await Slim(Request(Half));

        Assert.True(shipped.Succeeded, string.Join('\n', shipped.Diagnostics));
        Assert.DoesNotContain(shipped.Diagnostics, said => said.Code is "MSLIM5040" or "MSLIM7004");
        var stages = shipped.Value.Report.Stages;
        Assert.True(
            stages.Single(stage => stage.Name == "repair").Metric >= stages.Single(stage => stage.Name == "cut").Metric,
            string.Join('\n', stages));
    }

    [Fact]
    public void ModelsOfOtherShapesAreNoFormsOfOneModel()
    {
        var other = folder.File("other.onnx");
        var builder = new ModelBuilder();
        builder.Output(builder.Gemm(builder.Flatten(builder.Input("x", 1, 3, 12, 12)), 5));
        new OnnxWriter().Save(builder.Build(), other);

        var verified = new ModelSlimServices().Verification.Run(Model, other, Half, new Progress<StageProgress>(), TestContext.Current.CancellationToken);

        Assert.Equal("MSLIM7003", Assert.Single(verified.Diagnostics).Code);
    }

    [Fact]
    public async Task APlanOfAnotherModelIsRefused()
    {
        var other = folder.File("other.onnx");
        new OnnxWriter().Save(SmallNets.Residual(folded: true, seed: 2), other);
        var planned = new ModelSlimServices().Planning.Run(other, Half, new TorchSource(), TestContext.Current.CancellationToken);
        var path = folder.Write("plan.json", new Core.Pruning.PlanFile().Write(planned.Value!.Plan));
        var refused = await Slim(Request(Half) with { PlanPath = path });
        Assert.Equal("MSLIM5003", Assert.Single(refused.Diagnostics).Code);
        Assert.False(File.Exists(Output));
    }

    [Fact]
    public async Task ASavedPlanGivesWhatPlanningGives()
    {
        var planned = new ModelSlimServices().Planning.Run(Model, Half, new TorchSource(), TestContext.Current.CancellationToken);
        var path = folder.Write("plan.json", new Core.Pruning.PlanFile().Write(planned.Value!.Plan));
        var direct = await Slim(Request(Half) with { CacheDirectory = null });
        var replayed = await Slim(Request(Half) with { CacheDirectory = null, PlanPath = path });
        Assert.Equal(direct.Value!.Sha256, replayed.Value!.Sha256);
        Assert.Equal(planned.Value.Plan.After.Macs, replayed.Value.Report.After.Macs);
    }

    [Fact]
    public async Task TwoAtOnceMakeItOnce()
    {
        var results = await Task.WhenAll(
            Slim(Request(Half)), Slim(Request(Half) with { OutputPath = folder.File("second.onnx") }));
        Assert.Equal([CacheUse.Hit, CacheUse.Miss], results.Select(result => result.Value!.Report.Cache).Order());
        Assert.Equal(results[0].Value!.Sha256, results[1].Value!.Sha256);
    }

    private static Task<Result<SlimOutcome>> Slim(SlimRequest request, int threads = 2) => new ModelSlimServices(threads).Pipeline
        .RunAsync(request, new Progress<StageProgress>(), TestContext.Current.CancellationToken);

    private async Task<List<string>> Stages(Recipe recipe)
    {
        var stages = new StageNames();
        var slim = await new ModelSlimServices(2).Pipeline.RunAsync(Request(recipe), stages, TestContext.Current.CancellationToken);
        Assert.Equal(CacheUse.Hit, slim.Value!.Report.Cache);
        return stages.Names;
    }

    private DataSource Images(string name) => new(DataKind.Images, [folder.File(name)], null, new SourceSpan("prune.yaml", 3, 3));

    private void Picture(string name)
    {
        using var bitmap = new SKBitmap(12, 12);
        using var stream = new MemoryStream();
        bitmap.Encode(stream, SKEncodedImageFormat.Png, 100);
        var path = folder.File(name.Split('/'));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, stream.ToArray());
    }

    private sealed class StageNames : IProgress<StageProgress>
    {
        public List<string> Names { get; } = [];

        public void Report(StageProgress value) => Names.Add(value.Stage);
    }

    private SlimRequest Request(Recipe recipe) => new()
    {
        ModelPath = Model,
        Recipe = recipe,
        OutputPath = Output,
        CacheDirectory = folder.File("store"),
    };
}
