using ModelSlim.Build.Tests.Testing;
using ModelSlim.Core.Diagnostics;

namespace ModelSlim.Build.Tests;

/// <summary>What a remote cache does to a build, by a tool that only says so.</summary>
public sealed class RemoteSwitchTests(Packages packages)
{
    [Fact]
    public void The_codes_are_those_of_the_catalog() => Assert.Equal(
        (DiagnosticCodes.RemoteUnusable.Code, DiagnosticCodes.RemoteEntryRefused.Code), (RemoteSwitch.Unusable, RemoteSwitch.EntryRefused));

    [Fact]
    public async Task Properties_reach_the_tool()
    {
        using var work = await packages.NewSolutionAsync();
        work.WriteProject("lib.csproj", "<ModelSlimRemoteCache>https://cache.test/main</ModelSlimRemoteCache><ModelSlimRemoteCacheReadOnly>true</ModelSlimRemoteCacheReadOnly>");
        work.Write("a.onnx", "model a");
        work.Write("prune.yaml", "# nothing special\n");

        (await work.BuildAsync("lib.csproj")).Succeeds();

        var run = Assert.Single(work.ToolArguments);
        Assert.Contains("--remote-cache https://cache.test/main --remote-cache-mode read ", string.Join(' ', run), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_model_that_finds_it_unusable_spares_the_others_and_fails_no_strict_build()
    {
        using var work = await packages.NewSolutionAsync();
        work.WriteProject("lib.csproj", "<ModelSlimRemoteCache>https://cache.test</ModelSlimRemoteCache><ModelSlimTreatWarningsAsErrors>true</ModelSlimTreatWarningsAsErrors>");
        foreach (var name in (string[])["a", "b", "c"])
        {
            work.Write($"{name}.onnx", $"model {name}");
            work.Write($"{name}.prune.yaml", name == "a" ? "#warning 1 1 MSLIM3022 it is down\n" : "# nothing special\n");
        }

        var build = (await work.BuildAsync("lib.csproj", "-m:1")).Succeeds();

        Assert.Equal("MSLIM3022", Assert.Single(build.Warnings).Code);
        Assert.Equal(["https://cache.test", "none", "none"], Remotes(work));

        // The next build finds out for itself.
        work.Write("b.prune.yaml", "# nothing special at all\n");
        (await work.BuildAsync("lib.csproj", "--no-restore", "-m:1")).Succeeds();
        Assert.Equal(["https://cache.test", "https://cache.test", "none", "none"], Remotes(work));
    }

    private static IEnumerable<string> Remotes(TestSolution work) => work.ToolArguments.Select(run => run[Array.IndexOf(run, "--remote-cache") + 1]).Order();
}
