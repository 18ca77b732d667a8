using ModelSlim.Build.Tests.Testing;

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
