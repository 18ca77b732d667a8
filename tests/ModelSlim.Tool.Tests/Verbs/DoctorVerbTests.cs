using ModelSlim.Core.Diagnostics;
using ModelSlim.Testing;
using ModelSlim.Tool.Doctor;
using ModelSlim.Tool.Verbs;
using ModelSlim.Training.Runtime;

namespace ModelSlim.Tool.Tests.Verbs;

public sealed class DoctorVerbTests
{
    private static readonly RuntimeFacts Healthy = new(
        new HostPlatform("linux-x64", "2.36", HasAvx2: true),
        "GLIBCXX_3.4.30",
        "2.10.0",
        new LibTorchDirectory("/nuget/libtorch", LibTorchOrigin.Package),
        "cpu-portable-1",
        new NumericsReading(1, "AVX2", null),
        ["GLIBCXX_3.4.32"],
        new string('a', 64),
        []);

    [Fact]
    public async Task A_healthy_machine_exits_with_0()
    {
        var run = await Run(Healthy);

        Assert.Equal((0, string.Empty), (run.ExitCode, run.Error.Replace("look at libtorch\n", string.Empty, StringComparison.Ordinal)));
        Assert.Contains("cpu-portable-1: 1 thread, AVX2", run.Output, StringComparison.Ordinal);
        Assert.Contains("GLIBCXX_3.4.32", run.Output, StringComparison.Ordinal);
        Assert.EndsWith("All is well.\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scripts_get_every_finding()
    {
        using var folder = new TemporaryFolder();

        var json = (await Run(Healthy, "--json", "--cache-dir", folder.FullName)).Json;

        Assert.True((bool)json["healthy"]!);
        Assert.Equal(("linux-x64", "cpu-portable-1"), ((string?)json["rid"], (string?)json["numericsClass"]));
        Assert.Equal("/nuget/libtorch", (string?)json["libTorch"]!["path"]);
        Assert.Equal(new string('a', 64), (string?)json["checksum"]);
        Assert.Equal((folder.FullName, 0), ((string?)json["store"]!["path"], (int)json["store"]!["results"]!));
        Assert.True((long)json["store"]!["freeBytes"]! > 0);
    }

    [Fact]
    public async Task The_remote_cache_is_named_and_what_is_wrong_with_its_settings()
    {
        Assert.Null((await Run(Healthy, "--json")).Json["remoteCache"]);

        var (found, problems) = RemoteFindings.Of(new Dictionary<string, string>
        {
            ["MODELSLIM_REMOTE_CACHE"] = "https://cache.test/main",
            ["MODELSLIM_REMOTE_CACHE_MODE"] = "read",
        }.GetValueOrDefault);
        Assert.Empty(problems);
        Assert.Equal("https://cache.test/main; read; results are not signed; unsigned ones are taken too", found.Text);
        Assert.Equal(("https://cache.test/main", false, false, false), ((string?)found.Value!["place"], (bool)found.Value["writes"]!, (bool)found.Value["signs"]!, (bool)found.Value["trusts"]!));

        var (none, wrong) = RemoteFindings.Of(name => name == "MODELSLIM_REMOTE_CACHE" ? "ftp://cache.test" : null);
        Assert.Equal("none", none.Text);
        Assert.Equal("MSLIM3024", Assert.Single(wrong).Code);
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 6)]
    public async Task That_libtorch_is_not_here_matters_only_where_it_cannot_be_fetched(bool offline, int exitCode)
    {
        var facts = Healthy with { LibTorch = null, Checksum = null, Numerics = null, Problems = [DiagnosticCodes.LibTorchMissing.Says("not here")] };

        var run = await Run(facts, offline ? ["--offline"] : []);

        Assert.Equal(exitCode, run.ExitCode);
        Assert.Equal(offline, run.Error.Contains("MSLIM2002", StringComparison.Ordinal));
        Assert.Equal(!offline, run.Output.Contains("fetched through NuGet", StringComparison.Ordinal));
        Assert.Contains("2.10.0 is not here", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_machine_that_cannot_train_exits_with_6()
    {
        var facts = new RuntimeFacts(
            new HostPlatform("linux-musl-arm64", null, HasAvx2: false), null, "2.10.0", null, null, null, [], null,
            [DiagnosticCodes.RuntimeUnsupported.Says("there is no libtorch for linux-musl-arm64")]);

        var run = await Run(facts, "--json");

        Assert.Equal(6, run.ExitCode);
        Assert.False((bool)run.Json["healthy"]!);
        Assert.Equal("MSLIM2001", (string?)run.Json["diagnostics"]![0]!["code"]);
    }

    [Fact]
    public async Task The_named_folder_is_the_one_that_is_looked_at()
    {
        string? seen = null;
        await ToolRun.Of(
            host => host with
            {
                InspectRuntime = (named, _) =>
                {
                    seen = named;
                    return Task.FromResult(Healthy);
                },
            },
            VerbCatalog.All,
            ["doctor", "--libtorch", "/my/libtorch"]);

        Assert.Equal("/my/libtorch", seen);
    }

    private static Task<ToolRun> Run(RuntimeFacts facts, params string[] options) => ToolRun.Of(
        host => host with { InspectRuntime = (_, _) => Task.FromResult(facts) }, VerbCatalog.All, ["doctor", .. options]);
}
