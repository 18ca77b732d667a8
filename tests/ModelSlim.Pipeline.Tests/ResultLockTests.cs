using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Fingerprints;
using ModelSlim.Core.Locking;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Recipes;
using ModelSlim.Core.Reports;
using ModelSlim.Testing;

namespace ModelSlim.Pipeline.Tests;

/// <summary>Results that a lock file names, through the whole pipeline.</summary>
public sealed class ResultLockTests : IDisposable
{
    private static readonly Recipe Half = new() { Target = new TargetSpec { Macs = 0.5 } };

    private readonly TemporaryFolder folder = new();
    private readonly LockFileStore files = new();

    public ResultLockTests()
    {
        new OnnxWriter().Save(SmallNets.Residual(folded: true), folder.File("net.onnx"));
    }

    private string Lock => folder.File("x.lock.json");

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_locked_result_is_accepted_from_the_store_or_made_again(bool stored)
    {
        var first = await Slim(Writes(Half));
        Assert.True(first.Succeeded, string.Join('\n', first.Diagnostics));
        var locked = files.Read(Lock).Value!.Results["net.onnx"];
        Assert.Equal(first.Value.Report.Fingerprint, locked.Fingerprint.Key);
        Assert.Equal(first.Value.Sha256, Assert.Single(locked.Files).Digest.Sha256);

        var again = await Slim(Holds(Half) with { CacheDirectory = stored ? folder.File("store") : folder.File("other") });

        Assert.Equal(first.Value.Sha256, again.Value!.Sha256);
        Assert.Equal(stored ? CacheUse.Hit : CacheUse.Miss, again.Value.Report.Cache);
        Assert.Equal(first.Value.Sha256, (await Slim(Holds(Half) with { CacheDirectory = null })).Value!.Sha256);
    }

    [Fact]
    public async Task What_is_not_locked_is_refused_and_nothing_is_written()
    {
        var refused = await Slim(Holds(Half));

        var said = Assert.Single(refused.Diagnostics);
        Assert.Equal(("MSLIM3002", Lock), (said.Code, said.Location!.File));
        Assert.Contains("'net.onnx'", said.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.File("slim.onnx")));
        Assert.False(File.Exists(Lock));
    }

    [Fact]
    public async Task What_changed_since_is_named()
    {
        Assert.True((await Slim(Writes(Half))).Succeeded);

        var recipe = await Slim(Holds(Half with { Target = new TargetSpec { Macs = 0.6 } }));
        new OnnxWriter().Save(SmallNets.Residual(folded: true, seed: 5), folder.File("net.onnx"));
        var model = await Slim(Holds(Half));

        var (ofRecipe, ofModel) = (Assert.Single(recipe.Diagnostics), Assert.Single(model.Diagnostics));
        Assert.Equal(("MSLIM3003", "MSLIM3003"), (ofRecipe.Code, ofModel.Code));
        Assert.Contains("macs", ofRecipe.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("macs", ofModel.Message, StringComparison.Ordinal);
        Assert.Contains("model", ofModel.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_someone_filled_with_another_result_is_not_believed()
    {
        var honest = await Slim(Writes(Half));
        var locked = files.Read(Lock).Value!.Results["net.onnx"];

        // Under the same key, another result that is whole in itself.
        var store = Core.Caching.ArtifactStore.Open(folder.File("store")).Value!;
        var report = store.TryGet(locked.Fingerprint, TestContext.Current.CancellationToken).Artifact!.Read(ArtifactSource.ReportName, TestContext.Current.CancellationToken)!;
        store.Replace(
            locked.Fingerprint,
            [
                Core.Caching.NewOutput.From(locked.Files[0].Name, new OnnxWriter().Write(SmallNets.Chain(folded: true))),
                Core.Caching.NewOutput.From(ArtifactSource.ReportName, report),
            ],
            TestContext.Current.CancellationToken);
        var believed = await Slim(Request(Half));
        Assert.NotEqual(honest.Value!.Sha256, believed.Value!.Sha256);

        var held = await Slim(Holds(Half));

        Assert.Equal(honest.Value.Sha256, held.Value!.Sha256);
        Assert.Contains(held.Diagnostics, said => said.Code == DiagnosticCodes.StoreEntryDamaged.Code);
        Assert.Equal((CacheUse.Hit, honest.Value.Sha256), ((await Slim(Request(Half))).Value!.Report.Cache, (await Slim(Request(Half))).Value!.Sha256));
    }

    [Fact]
    public async Task A_result_that_comes_out_otherwise_is_refused()
    {
        Assert.True((await Slim(Writes(Half))).Succeeded);
        files.Update(Lock, file =>
        {
            var result = file.Results["net.onnx"];
            var other = result.Files[0] with { Digest = ContentDigest.Of("something else"u8) };
            return file.With("net.onnx", result with { Files = [other] });
        }, TestContext.Current.CancellationToken);
        File.Delete(folder.File("slim.onnx"));

        var refused = await Slim(Holds(Half));

        Assert.False(refused.Succeeded);
        Assert.Equal("MSLIM3004", refused.Diagnostics[^1].Code);
        Assert.False(File.Exists(folder.File("slim.onnx")));
    }

    [Fact]
    public async Task Whether_the_original_is_shipped_is_locked_too()
    {
        var kept = Half with { Accept = new AcceptSpec { MinSpeedup = 1000, OnFail = OnFail.WarnAndKeepOriginal } };
        Assert.True((await Slim(Writes(kept))).Value!.Report.KeptOriginal);
        Assert.True(files.Read(Lock).Value!.Results["net.onnx"].KeptOriginal);
        Assert.True((await Slim(Holds(kept))).Value!.Report.KeptOriginal);

        files.Update(Lock, file => file.With("net.onnx", file.Results["net.onnx"] with { KeptOriginal = false }), TestContext.Current.CancellationToken);

        Assert.Equal("MSLIM3004", (await Slim(Holds(kept))).Diagnostics[^1].Code);
    }

    [Fact]
    public async Task A_damaged_lock_file_stops_those_who_read_it_and_those_who_write_it()
    {
        folder.Write("x.lock.json", "{ \"version\": 1");

        Assert.Equal("MSLIM3001", (await Slim(Holds(Half))).Diagnostics[^1].Code);
        Assert.Equal("MSLIM3001", (await Slim(Writes(Half))).Diagnostics[^1].Code);
        Assert.Equal("{ \"version\": 1", File.ReadAllText(Lock));
    }

    [Theory]
    [InlineData(false, null)]
    [InlineData(true, "MSLIM3006")]
    public async Task A_slim_model_is_made_again_and_compared(bool touched, string? code)
    {
        Assert.True((await Slim(Request(Half))).Succeeded);
        var slim = folder.File("slim.onnx");
        if (touched)
        {
            var model = new OnnxReader().Read(slim).Value!;
            var weights = model.Graph.Initializers.First(weight => weight.Value.Type == Core.Tensors.ElementType.Float);
            var values = weights.Value.ToSingles();
            values[0] = MathF.BitIncrement(values[0]);
            var changed = new Dictionary<string, Core.Tensors.TensorData> { [weights.Key] = weights.Value.WithSingles(values) };
            new OnnxWriter().Save(model.With(model.Graph.WithConstants(changed)), slim);
        }

        var bytes = File.ReadAllBytes(slim);
        var again = await new ModelSlimServices(2).Rebuild.RunAsync(Request(Half), new Progress<StageProgress>(), TestContext.Current.CancellationToken);

        Assert.Equal(code, again.Diagnostics.LastOrDefault(said => said.Code.StartsWith("MSLIM3", StringComparison.Ordinal))?.Code);
        Assert.Equal(!touched, again.Succeeded);
        Assert.Equal(bytes, File.ReadAllBytes(slim));
    }

    private static Task<Result<SlimOutcome>> Slim(SlimRequest request) =>
        new ModelSlimServices(2).Pipeline.RunAsync(request, new Progress<StageProgress>(), TestContext.Current.CancellationToken);

    private SlimRequest Writes(Recipe recipe) => Request(recipe) with { LockPath = Lock };

    private SlimRequest Holds(Recipe recipe) => Request(recipe) with { LockPath = Lock, Locked = true };

    private SlimRequest Request(Recipe recipe) => new()
    {
        ModelPath = folder.File("net.onnx"),
        Recipe = recipe,
        OutputPath = folder.File("slim.onnx"),
        CacheDirectory = folder.File("store"),
    };
}
