using System.Runtime.InteropServices;
using ModelSlim.Core.Costs;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Recipes;
using ModelSlim.Core.Reports;
using ModelSlim.Testing;
using ModelSlim.Training.Worker;

namespace ModelSlim.Pipeline.Tests;

/// <summary>Early exits, from a request to a file.</summary>
public sealed class EarlyExitTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly ModelSlimServices services = new(2);

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(null)]
    [InlineData("n")]
    public async Task Easy_samples_leave_early_and_the_others_get_what_they_got(string? batch)
    {
        var first = await Slim(Write(ExitNets.Late(batch, channels: 64)), Recipe());
        Assert.True(first.Succeeded, string.Join('\n', first.Diagnostics));
        var report = first.Value.Report;
        var exit = report.EarlyExit!;
        var slim = new OnnxReader().Read(folder.File("slim.onnx")).Value!.Graph;

        Assert.Null(exit.Refusal);
        Assert.Single(slim.Nodes, node => node.OpType == "If");
        Assert.Equal(["analyse", "lossless", "exit", "measure"], report.Stages.Select(stage => stage.Name));
        Assert.InRange(report.Verification!.MaxError!.Value, 0, 1e-4);
        Assert.InRange(exit.ExpectedRate!.Value, 0.3, 1);
        Assert.InRange(exit.MeasuredRate!.Value, exit.ExpectedRate.Value - 0.1, exit.ExpectedRate.Value + 0.1);
        Assert.True(exit.ExpectedDrop <= exit.DropBound && exit.DropBound <= exit.AllowedDrop);
        Assert.Equal(1200, exit.HeldBack);
        Assert.True(exit.Measured!.Slim.MeanMs < exit.Measured.Original.MeanMs);
        Assert.Equal((report.Before.LatencyMs, report.After.LatencyMs), (exit.Measured.Original.MeanMs, exit.Measured.Slim.MeanMs));
        Assert.All([exit.Expected!.Slim, exit.Measured.Slim], spread => Assert.True(spread.P50Ms <= spread.P95Ms));
        Assert.True(report.After.Macs < report.Before.Macs);
        Assert.Equal(report.Before.Params + exit.HeadParams, report.After.Params);
        Assert.Equal(new FileInfo(folder.File("slim.onnx")).Length, report.After.Bytes);

        // A sample that stays takes the head and the whole network.
        var inspected = services.Inspector.Run(folder.File("slim.onnx"), Recipe(), TestContext.Current.CancellationToken).Value!;
        var classes = inspected.Outputs[0].Shape[1];
        Assert.Equal(report.Before.Macs + exit.HeadParams - classes, inspected.Macs);
        Assert.Equal(report.Before.Params + exit.HeadParams, inspected.Params);

        var second = await Slim(folder.File("net.onnx"), Recipe());
        Assert.Equal((CacheUse.Hit, first.Value.Sha256), (second.Value!.Report.Cache, second.Value.Sha256));
    }

    [Fact]
    public async Task A_model_that_was_slimmed_before_can_be_left_early_and_verified()
    {
        var channels = new Recipe { Target = new TargetSpec { Macs = 0.7 }, Data = Recipe().Data with { Eval = null }, Accept = new AcceptSpec { MinSpeedup = 0.01 } };
        Assert.True((await Slim(Write(ExitNets.Late(channels: 64)), channels)).Succeeded);
        var slimmed = folder.File("slimmed.onnx");
        File.Move(folder.File("slim.onnx"), slimmed);
        var exited = await Slim(slimmed, Recipe());
        Assert.True(exited.Succeeded, string.Join('\n', exited.Diagnostics));

        var verified = services.Verification.Run(slimmed, folder.File("slim.onnx"), Recipe(), new Progress<StageProgress>(), TestContext.Current.CancellationToken);

        Assert.Equal(400, exited.Value.Report.EarlyExit!.Measured!.Samples);
        Assert.Equal(exited.Value.Report.Verification!.Drop, verified.Value!.Verification!.Drop);
        Assert.True(verified.Value.Verification.Speedup > 1);
    }

    [Theory]
    [InlineData(Method.Channels)]
    [InlineData(Method.Unstructured)]
    public async Task What_is_counted_of_a_model_that_has_an_exit_is_told(Method method)
    {
        Assert.True((await Slim(Write(ExitNets.Late(channels: 64)), Recipe())).Succeeded);
        var exited = folder.File("exited.onnx");
        File.Move(folder.File("slim.onnx"), exited);
        var again = await Slim(exited, new Recipe
        {
            Method = method,
            Target = method == Method.Channels ? new TargetSpec { Macs = 0.97 } : new TargetSpec { Sparsity = new SparsityTarget(0.5) },
            Repair = RepairMode.Off,
            Accept = new AcceptSpec { MinSpeedup = 0.01 },
        });

        Assert.True(again.Succeeded, string.Join('\n', again.Diagnostics));
        var inspected = services.Inspector.Run(exited, Recipe(), TestContext.Current.CancellationToken).Value!;
        Assert.Equal((MacsBasis.Most, MacsBasis.Most), (again.Value.Report.Before.MacsBasis, again.Value.Report.After.MacsBasis));
        Assert.Equal((inspected.Macs, inspected.Params), (again.Value.Report.Before.Macs, again.Value.Report.Before.Params));
        Assert.True(again.Value.Report.After.Macs <= (method == Method.Channels ? 0.97 : 1) * inspected.Macs);
    }

    [Fact]
    public async Task Where_no_exit_is_fast_enough_the_measurement_is_told_and_the_original_stays()
    {
        var model = Write(ExitNets.Late(channels: 8));
        var recipe = Recipe() with { Target = new TargetSpec { Latency = new TargetLimit(0.01, true), Location = new SourceSpan("prune.yaml", 2, 1) } };
        var refused = await Slim(model, recipe);
        var kept = await Slim(model, recipe with { Accept = recipe.Accept with { OnFail = OnFail.WarnAndKeepOriginal } });

        var error = Assert.Single(refused.Diagnostics);
        Assert.Equal(("MSLIM5008", 2), (error.Code, error.Location!.Line));
        Assert.Matches(@"behind '.+' [\d.]+% of 1200 samples held back can leave, and the mean is then [\d.]+ ms where the original takes [\d.]+ ms \([\d.]+%\); target.latency allows 1%", error.Message);
        Assert.True(kept.Value!.Report.KeptOriginal);
        Assert.Equal(CacheUse.Hit, kept.Value.Report.Cache);
        Assert.Equal("MSLIM7012", Assert.Single(kept.Diagnostics).Code);
        Assert.Equal(await File.ReadAllBytesAsync(model, TestContext.Current.CancellationToken), await File.ReadAllBytesAsync(folder.File("slim.onnx"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Where_the_drop_cannot_be_held_it_is_told_so()
    {
        var refused = await Slim(Write(ExitNets.Late(channels: 8)), Recipe() with { Accept = new AcceptSpec { Metric = Metric.Agreement, MaxDrop = 0 } });

        var error = Assert.Single(refused.Diagnostics, said => said.Code == "MSLIM5008");
        Assert.Contains("can surely keep agreement within 0 points", error.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, string> Misfits => new()
    {
        { "two outputs", "it has 2 outputs" },
        { "a map", "is [1, 6, 2, 2], not [N, classes]" },
        { "one class", "is [1, 1], not [N, classes]" },
        { "old", "its opset is 8" },
        { "all work first", "no value inside it separates the network" },
        { "scores apart", "no scores of classes of which one is right" },
    };

    [Theory]
    [MemberData(nameof(Misfits))]
    public async Task What_is_no_classifier_is_refused_with_reason_and_line(string kind, string reason)
    {
        var model = Write(Misfit(kind));
        var pruned = await Slim(model, Recipe());
        var error = Assert.Single(pruned.Diagnostics);

        Assert.Equal(("MSLIM5007", 1), (error.Code, error.Location!.Line));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        if (kind != "scores apart")
        {
            Assert.Equal("MSLIM5007", Assert.Single(services.Check.Run(model, Recipe(), TestContext.Current.CancellationToken).Diagnostics).Code);
        }
    }

    [Fact]
    public void A_plan_cuts_nothing()
    {
        var plan = services.Planning.Run(Write(ExitNets.Late()), Recipe(), new TorchSource(), TestContext.Current.CancellationToken).Value!;

        Assert.Empty(plan.Plan.Cuts);
        Assert.Equal(plan.Report.Before.Macs, plan.Report.After.Macs);
    }

    private static OnnxModel Misfit(string kind)
    {
        var builder = new ModelBuilder(opset: kind == "old" ? 8 : 17);
        var x = builder.Input("x", [1, .. ExitNets.Picture]);
        x = builder.Relu(builder.Conv(x, 6, kernel: 3, pad: 1));
        switch (kind)
        {
            case "a map":
                builder.Output(builder.MaxPool(builder.Conv(x, 6, kernel: 3, pad: 1), 8, 8));
                break;
            case "all work first":
                builder.Output(builder.Flatten(builder.GlobalAveragePool(builder.Node("Relu", [x], [1, 6, 16, 16]))));
                break;
            default:
                var flat = builder.Flatten(builder.MaxPool(builder.Conv(x, 6, kernel: 3, pad: 1), 8, 8));
                var scores = builder.Gemm(flat, kind == "one class" ? 1 : 6);
                builder.Output(kind == "scores apart" ? builder.Node("Sigmoid", [scores], [1, 6]) : scores);
                if (kind == "two outputs")
                {
                    builder.Output(builder.Gemm(flat, 3));
                }

                break;
        }

        return builder.Build();
    }

    private Recipe Recipe() => new()
    {
        Method = Method.Dynamic,
        MethodLocation = new SourceSpan("prune.yaml", 1, 1),
        Target = new TargetSpec { Latency = new TargetLimit(0.95, true) },
        Data = new DataSpec { Calibration = Pictures("train.npy", 2400, 1), Eval = Pictures("eval.npy", 400, 2) },
        Accept = new AcceptSpec { Metric = Metric.Agreement, MaxDrop = 0.1 },
    };

    private DataSource Pictures(string name, int count, long seed)
    {
        if (!File.Exists(folder.File(name)))
        {
            folder.Write(name, DataFiles.Npy("<f4", $"{count}, 3, 16, 16", MemoryMarshal.AsBytes<float>(ExitNets.Pictures(count, seed)).ToArray()));
        }

        return new DataSource(DataKind.Npy, [folder.File(name)], null, new SourceSpan("prune.yaml", 3, 3));
    }

    private string Write(OnnxModel model)
    {
        new OnnxWriter().Save(model, folder.File("net.onnx"));
        return folder.File("net.onnx");
    }

    private Task<Result<SlimOutcome>> Slim(string model, Recipe recipe) => services.Pipeline.RunAsync(
        new SlimRequest { ModelPath = model, Recipe = recipe, OutputPath = folder.File("slim.onnx"), CacheDirectory = folder.File("store"), Offline = true },
        new Progress<StageProgress>(),
        TestContext.Current.CancellationToken);
}
