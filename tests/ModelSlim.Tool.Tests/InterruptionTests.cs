using ModelSlim.Core.Caching;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Testing;

namespace ModelSlim.Tool.Tests;

/// <summary>A real process that would wait for ever, because another build is making the same result.</summary>
public sealed class InterruptionTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public async Task A_signal_ends_the_work_and_leaves_nothing(string signal, int exitCode)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals.");
        using var patience = Wait();
        using var folder = new TemporaryFolder();
        using var turn = await HoldTurn(folder, patience.Token);
        using var tool = Start(folder);
        await tool.WaitForOutput("\"stage\":\"wait\"", patience.Token);

        await tool.Signal(signal, patience.Token);

        Assert.Equal(exitCode, await tool.WaitForExit(patience.Token));
        Assert.False(File.Exists(folder.File("slim.onnx")));
        Assert.DoesNotContain("\"result\"", tool.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_its_parent_it_ends_itself()
    {
        using var patience = Wait();
        using var folder = new TemporaryFolder();
        using var turn = await HoldTurn(folder, patience.Token);
        using var parent = Start(folder);
        await parent.WaitForOutput("\"stage\":\"wait\"", patience.Token);
        using var tool = Start(folder, "--parent-pid", $"{parent.Id}");
        await tool.WaitForOutput("\"stage\":\"wait\"", patience.Token);

        parent.Kill();

        Assert.Equal((int)ExitCode.Terminated, await tool.WaitForExit(patience.Token));
    }

    [Fact]
    public async Task When_the_time_is_over_it_says_so()
    {
        using var patience = Wait();
        using var folder = new TemporaryFolder();
        using var turn = await HoldTurn(folder, patience.Token);
        using var tool = Start(folder, "--timeout", "1");

        Assert.Equal((int)ExitCode.Failed, await tool.WaitForExit(patience.Token));
        Assert.Contains("MSLIM0003", tool.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_the_first_reason_counts()
    {
        using var interruption = new Interruption();

        Assert.True(interruption.End(ExitCode.Cancelled));
        Assert.False(interruption.End(ExitCode.Terminated));
        Assert.Equal(ExitCode.Cancelled, interruption.ExitCode);
        Assert.True(interruption.Token.IsCancellationRequested);
    }

    private static CancellationTokenSource Wait()
    {
        var source = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        source.CancelAfter(Patience);
        return source;
    }

    /// <summary>Makes a result once, to learn its key, and then holds the turn to make it.</summary>
    private static async Task<KeyLock> HoldTurn(TemporaryFolder folder, CancellationToken cancellation)
    {
        using (var first = Start(folder))
        {
            Assert.Equal(0, await first.WaitForExit(cancellation));
        }

        File.Delete(folder.File("slim.onnx"));
        var store = ArtifactStore.Open(folder.File("store")).Value!;
        return await store.AcquireAsync(Assert.Single(store.List()).Fingerprint, null, cancellation);
    }

    private static ToolProcess Start(TemporaryFolder folder, params string[] more)
    {
        var model = folder.File("net.onnx");
        if (!File.Exists(model))
        {
            ToolRun.WriteModel(folder);
        }

        return ToolProcess.Start(
            ["prune", model, "--target", "macs=50%", "-o", folder.File("slim.onnx"), "--cache-dir", folder.File("store"), "--rebuild",
            "--events", "jsonl", .. more]);
    }
}
