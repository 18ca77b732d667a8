using ModelSlim.Build.Tests.Testing;
using ModelSlim.Core.Caching;
using ModelSlim.Core.Fingerprints;
using ModelSlim.Core.Locking;

namespace ModelSlim.Build.Tests;

/// <summary>A lock file says which results a build may ship.</summary>
public sealed class LockedBuildTests(Packages packages)
{
    private const string Lock = "modelslim.lock.json";
    private const string Shipped = "bin/Debug/net10.0/a.onnx";

    [Fact]
    public async Task A_lock_file_is_written_on_request_and_held_to_in_locked_mode()
    {
        using var work = await packages.NewSolutionAsync();
        work.WriteProject("lib.csproj");
        work.Write("a.onnx", "model a");
        work.Write("prune.yaml", "# nothing special\n");
        await Succeeds(work, 1);
        Assert.False(File.Exists(work[Lock]));

        await Succeeds(work, 1, "-p:ModelSlimWriteLockFile=true");
        Assert.True(File.Exists(work[Lock]));
        await Succeeds(work, 0, "-p:ModelSlimWriteLockFile=true");
        await Succeeds(work, 1, "-p:ModelSlimLockedMode=true");
        await Succeeds(work, 0, "-p:ModelSlimLockedMode=true");

        work.Write("a.onnx", "model a, trained further");
        var refused = (await work.BuildAsync("lib.csproj", "--no-restore", "-p:ModelSlimLockedMode=true")).Fails();
        var error = Assert.Single(refused.Errors);
        Assert.Equal(("MSLIM3003", work[Lock]), (error.Code, error.File));

        await Succeeds(work, 1, "-p:ModelSlimWriteLockFile=true");
        var slim = File.ReadAllText(work[Shipped]);
        File.Delete(work[Lock]);
        await Succeeds(work, 1, "-p:ModelSlimWriteLockFile=true");
        Assert.Equal(slim, File.ReadAllText(work[Shipped]));
        Assert.True(File.Exists(work[Lock]));
        File.Delete(work[Lock]);
        Assert.Equal("MSLIM3003", Assert.Single((await work.BuildAsync("lib.csproj", "--no-restore", "-p:ModelSlimLockedMode=true")).Fails().Errors).Code);
    }

    [Theory]
    [InlineData("-p:ContinuousIntegrationBuild=true")]
    [InlineData("-p:CI=true")]
    public async Task On_a_build_server_a_lock_file_that_is_there_is_held_to(string server)
    {
        using var work = await packages.NewSolutionAsync();
        work.WriteProject("lib.csproj", "<ModelSlimLockFilePath>locks/my lock.json</ModelSlimLockFilePath>");
        work.Write("a.onnx", "model a");
        work.Write("prune.yaml", "# nothing special\n");
        await Succeeds(work, 1, server);

        work.Write("locks/my lock.json", "0123456789abcdef\n");
        Assert.Equal(work["locks/my lock.json"], Assert.Single((await work.BuildAsync("lib.csproj", "--no-restore", server)).Fails().Errors).File);
        await Succeeds(work, 1, server, "-p:ModelSlimLockedMode=false");
        Assert.DoesNotContain(work.ToolArguments, run => run.Contains("--lock"));
        Assert.Contains(work.ToolArguments, run => run.Contains("--locked") && run.Contains(work["locks/my lock.json"]));
    }

    [Fact]
    public async Task A_locked_model_that_is_not_slimmed_any_more_is_a_warning_in_locked_mode()
    {
        using var work = await packages.NewSolutionAsync();
        work.WriteProject("lib.csproj");
        work.Write("nets/a.onnx", "model a");
        var key = new Fingerprint([new FingerprintEntry("model", "1")]);
        work.Write(Lock, new LockFileText().Write(LockFile.Empty.With("nets/a.onnx", new LockedResult(key, [new StoredOutput("model.onnx", new ContentDigest(new string('0', 64), 1))], false))));

        var warning = Assert.Single((await work.BuildAsync("lib.csproj", "-p:ModelSlimLockedMode=true")).Succeeds().Warnings);
        Assert.Equal(("MSLIM8015", work[Lock]), (warning.Code, warning.File));
        Assert.Contains("'nets/a.onnx'", warning.Text, StringComparison.Ordinal);
        Assert.Equal("MSLIM8015", Assert.Single((await work.BuildAsync("lib.csproj", "--no-restore", "-p:ModelSlimLockedMode=true", "-p:ModelSlimTreatWarningsAsErrors=true")).Fails().Errors).Code);
        File.Copy(work[Lock], work["../lock.json"]);
        foreach (var setting in new[] { "-p:NoWarn=MSLIM8015", "-p:ModelSlimLockedMode=false", "-p:ModelSlimMode=Original", "-p:ModelSlimLockFilePath=../lock.json" })
        {
            Assert.Empty((await work.BuildAsync("lib.csproj", "--no-restore", "-p:CI=true", setting)).Succeeds().Warnings);
        }

        Assert.Equal(0, work.ToolRuns);
        Assert.Equal(["nets/a.onnx"], new LockedResults(work[Lock]).Models());
        Assert.Empty(new LockedResults(work["none.json"]).Models());
    }

    [Fact]
    public async Task To_hold_to_a_lock_file_and_to_write_it_exclude_each_other()
    {
        using var work = await packages.NewSolutionAsync();
        work.WriteProject("lib.csproj");
        work.Write("a.onnx", "model a");
        work.Write("prune.yaml", "# nothing special\n");

        var both = (await work.BuildAsync("lib.csproj", "-p:ModelSlimLockedMode=true", "-p:ModelSlimWriteLockFile=true")).Fails();
        var neither = (await work.BuildAsync("lib.csproj", "-p:ModelSlimLockedMode=perhaps")).Fails();

        Assert.Contains("exclude each other", Assert.Single(both.Errors).Text, StringComparison.Ordinal);
        Assert.Contains("ModelSlimLockedMode is 'perhaps'", Assert.Single(neither.Errors).Text, StringComparison.Ordinal);
        Assert.Equal(0, work.ToolRuns);
    }

    private static async Task Succeeds(TestSolution work, int tasks, params string[] arguments) =>
        Assert.Equal(tasks, (await work.BuildAsync("lib.csproj", arguments)).Succeeds().SlimTasks);
}
