using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Recipes;
using ModelSlim.Core.Reports;
using ModelSlim.Testing;

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
    public async Task AMissedGateWritesNothingOrKeepsTheOriginal()
    {
        // A slim model cannot be better than the original by a tenth.
        var strict = Half with { Accept = new AcceptSpec { Metric = Metric.Agreement, MaxDrop = -0.1 } };
        var failed = await Slim(Request(strict));
        Assert.Equal("MSLIM7010", Assert.Single(failed.Diagnostics).Code);
        Assert.False(File.Exists(Output));

        var kept = await Slim(Request(strict with { Accept = strict.Accept with { OnFail = OnFail.WarnAndKeepOriginal } }));
        Assert.True(kept.Value!.Report.KeptOriginal);
        Assert.Equal(CacheUse.Hit, kept.Value.Report.Cache);
        Assert.Contains(kept.Diagnostics, warning => warning.Code == "MSLIM7012");
        Assert.Equal(await File.ReadAllBytesAsync(Model, TestContext.Current.CancellationToken), await File.ReadAllBytesAsync(Output, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task APlanOfAnotherModelIsRefused()
    {
        var other = folder.File("other.onnx");
        new OnnxWriter().Save(SmallNets.Residual(folded: true, seed: 2), other);
        var planned = new ModelSlimServices().Planning.Run(other, Half, TestContext.Current.CancellationToken);
        var path = folder.Write("plan.json", new Core.Pruning.PlanFile().Write(planned.Value!.Plan));
        var refused = await Slim(Request(Half) with { PlanPath = path });
        Assert.Equal("MSLIM5003", Assert.Single(refused.Diagnostics).Code);
        Assert.False(File.Exists(Output));
    }

    [Fact]
    public async Task ASavedPlanGivesWhatPlanningGives()
    {
        var planned = new ModelSlimServices().Planning.Run(Model, Half, TestContext.Current.CancellationToken);
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

    private SlimRequest Request(Recipe recipe) => new()
    {
        ModelPath = Model,
        Recipe = recipe,
        OutputPath = Output,
        CacheDirectory = folder.File("store"),
    };
}
