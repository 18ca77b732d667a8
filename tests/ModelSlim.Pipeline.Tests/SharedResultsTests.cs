using System.Text;
using ModelSlim.Core.Caching;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Recipes;
using ModelSlim.Core.Reports;
using ModelSlim.Testing;

namespace ModelSlim.Pipeline.Tests;

/// <summary>Two machines that share results, through the whole pipeline.</summary>
public sealed class SharedResultsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly LoopbackCache server = new();
    private readonly OnnxWriter writer = new();

    public SharedResultsTests() => writer.Save(SmallNets.Residual(folded: true), folder.File("net.onnx"));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        server.Dispose();
        folder.Dispose();
    }

    [Theory]
    [InlineData(CachePolicy.ReadWrite)]
    [InlineData(CachePolicy.ReadOnly)]
    public async Task What_one_machine_made_another_one_takes(CachePolicy policy)
    {
        var made = await Slim("ann");
        var taken = await Slim("ben", request => request with { CachePolicy = policy });
        var (uploads, asked) = (server.Requests.Count(request => request.Method == "PUT"), server.Requests.Count);
        var again = await Slim("ben");

        Assert.Equal((CacheUse.Miss, CacheUse.Hit, CacheUse.Hit), (made.Value!.Report.Cache, taken.Value!.Report.Cache, again.Value!.Report.Cache));
        Assert.Equal((made.Value.Sha256, made.Value.Sha256), (taken.Value.Sha256, again.Value.Sha256));
        Assert.Empty(OfStores(taken));
        Assert.Equal((3, asked), (uploads, server.Requests.Count));
    }

    [Fact]
    public async Task What_nobody_made_is_a_miss_where_nothing_may_be_made()
    {
        var missed = await Slim("ann", request => request with { CachePolicy = CachePolicy.ReadOnly });

        Assert.Equal("MSLIM3020", Assert.Single(OfStores(missed)));
        Assert.Single(server.Requests, request => request.Method == "GET");
    }

    [Fact]
    public async Task A_server_that_is_down_is_a_warning()
    {
        server.AnswerWith(403);

        var made = await Slim("ann");

        Assert.True(made.Succeeded);
        Assert.Equal("MSLIM3022", Assert.Single(OfStores(made)));
        Assert.Single(server.Requests);
        Assert.NotNull(new OnnxReader().Read(folder.File("ann.onnx")).Value);
    }

    [Fact]
    public async Task What_is_made_anew_on_purpose_is_not_asked_for_and_takes_the_place_of_the_other()
    {
        await Plant(Other(), await ReportOf("eve"));

        var made = await Slim("ann", request => request with { CachePolicy = CachePolicy.Refresh });
        Assert.DoesNotContain(server.Requests, request => request.Method is "GET" or "HEAD");
        var taken = await Slim("ben");

        Assert.Equal((CacheUse.Hit, made.Value!.Sha256), (taken.Value!.Report.Cache, taken.Value.Sha256));
    }

    [Fact]
    public async Task What_the_lock_file_does_not_name_is_not_even_copied()
    {
        var honest = await Slim("ann", request => request with { LockPath = folder.File("x.lock.json"), Remote = null });
        await Plant(Other(), await ReportOf("ann"));
        var believed = await Slim("eve");

        var held = await Slim("ben", request => request with { LockPath = folder.File("x.lock.json"), Locked = true });

        Assert.NotEqual(honest.Value!.Sha256, believed.Value!.Sha256);
        Assert.Equal((CacheUse.Miss, honest.Value.Sha256), (held.Value!.Report.Cache, held.Value.Sha256));
        Assert.Equal("MSLIM3023", Assert.Single(OfStores(held)));

        // What is locked is shared from then on.
        Assert.Equal(honest.Value.Sha256, (await Slim("dan")).Value!.Sha256);
    }

    [Fact]
    public async Task What_the_lock_file_names_is_taken_in_the_place_of_what_is_here()
    {
        var honest = await Slim("ann", request => request with { LockPath = folder.File("x.lock.json") });
        using (Store("ben").Put(await KeyOf("ann"), [NewOutput.From("model.onnx", Other()), NewOutput.From("report.json", await ReportOf("ann"))], Token).Artifact)
        {
        }

        var held = await Slim("ben", request => request with { LockPath = folder.File("x.lock.json"), Locked = true });

        Assert.Equal((CacheUse.Hit, honest.Value!.Sha256), (held.Value!.Report.Cache, held.Value.Sha256));
        Assert.Equal("MSLIM3013", Assert.Single(OfStores(held)));
    }

    [Theory]
    [InlineData("none", "MSLIM3023")]
    [InlineData("no JSON", null)]
    [InlineData("""{"model":"x","warnings":[null]}""", null)]
    public async Task A_result_without_a_report_that_can_be_read_is_made_here(string report, string? said)
    {
        await Plant(Other(), report == "none" ? null : Encoding.UTF8.GetBytes(report));

        var made = await Slim("ann");
        var taken = await Slim("ben");

        Assert.Equal(CacheUse.Miss, made.Value!.Report.Cache);
        Assert.Equal(said, OfStores(made).SingleOrDefault());
        Assert.Equal((CacheUse.Hit, made.Value.Sha256), (taken.Value!.Report.Cache, taken.Value.Sha256));
    }

    [Fact]
    public async Task A_report_cannot_fail_a_build()
    {
        var report = ReportJson.Read<SlimReport>(Encoding.UTF8.GetString(await ReportOf("eve")))!;
        await Plant(Other(), Encoding.UTF8.GetBytes(ReportJson.Write(report with { Warnings = [new ReportedWarning("MSLIM9001", "made up"), new ReportedWarning("MSLIM3012", "let through")] })));

        var taken = await Slim("ann");

        Assert.True(taken.Succeeded);
        Assert.Equal("MSLIM3012", Assert.Single(OfStores(taken)));
    }

    private static IEnumerable<string> OfStores(Result<SlimOutcome> outcome) =>
        outcome.Diagnostics.Select(said => said.Code).Where(code => code.StartsWith("MSLIM3", StringComparison.Ordinal));

    private byte[] Other() => writer.Write(SmallNets.Chain(folded: true));

    private ArtifactStore Store(string machine) => ArtifactStore.Open(folder.File(machine)).Value!;

    private async Task<Core.Fingerprints.Fingerprint> KeyOf(string machine)
    {
        if (Store(machine).List() is [])
        {
            Assert.True((await Slim(machine, request => request with { Remote = null })).Succeeded);
        }

        return Assert.Single(Store(machine).List()).Fingerprint;
    }

    private async Task<byte[]> ReportOf(string machine)
    {
        using var found = Store(machine).TryGet(await KeyOf(machine), Token).Artifact!;
        return found.Read("report.json", Token)!;
    }

    // A result that is whole in itself, under a key that is not its own.
    private async Task Plant(byte[] model, byte[]? report)
    {
        using var mallory = Remote();
        NewOutput[] outputs = [NewOutput.From("model.onnx", model), .. report is null ? Array.Empty<NewOutput>() : [NewOutput.From("report.json", report)]];
        using var planted = Store("mallory").Put(await KeyOf("eve"), outputs, Token).Artifact;
        Assert.True((await mallory.UploadAsync(Store("mallory"), planted!, replace: true, null, Token)).Succeeded);
        Directory.Delete(folder.File("eve"), recursive: true);
        server.Requests.Clear();
    }

    private RemoteCache Remote() => ModelSlimServices.Remotes(_ => null).Open(server.Address, null)!.Value!;

    private async Task<Result<SlimOutcome>> Slim(string machine, Func<SlimRequest, SlimRequest>? change = null)
    {
        using var remote = Remote();
        var request = new SlimRequest
        {
            ModelPath = folder.File("net.onnx"),
            Recipe = new Recipe { Target = new TargetSpec { Macs = 0.5 }, Repair = RepairMode.Off },
            OutputPath = folder.File($"{machine}.onnx"),
            CacheDirectory = folder.File(machine),
            Remote = remote,
        };
        var outcome = await new ModelSlimServices(2).Pipeline.RunAsync(change?.Invoke(request) ?? request, new Progress<StageProgress>(), Token);
        Assert.Empty(Store(machine).Verify(null, Token).Damaged);
        return outcome;
    }
}
