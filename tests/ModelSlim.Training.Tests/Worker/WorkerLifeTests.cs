using System.Diagnostics;
using System.Text.Json;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Training.Worker;

namespace ModelSlim.Training.Tests.Worker;

public sealed class WorkerLifeTests
{
    [Fact]
    public async Task Cancelling_ends_the_worker()
    {
        using var harness = new WorkerHarness();
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var clock = new Stopwatch();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => harness.RunAsync(
            WorkerHarness.Endless,
            () =>
            {
                clock.Start();
                cancel.Cancel();
            },
            cancel.Token));
        Assert.True(clock.IsRunning);
        Assert.True(clock.Elapsed < WorkerProcess.Grace, $"It took {clock.Elapsed}.");
        AssertNoneLeft(harness);
    }

    [Theory]
    // The runtime aborts by itself where it takes SEGV or ILL for a fault of managed code.
    [InlineData("SEGV", "SIG(SEGV|ABRT)")]
    [InlineData("ILL", "SIG(ILL|ABRT)")]
    [InlineData("KILL", "memory ran out")]
    public async Task A_worker_that_crashes_is_named(string signal, string words)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The test looks workers up in /proc.");
        using var harness = new WorkerHarness();
        var result = await harness.RunAsync(WorkerHarness.Endless, () => harness.Signal(signal));
        var diagnostic = Assert.Single(result.Diagnostics);
        Assert.Equal(DiagnosticCodes.WorkerDied, diagnostic.Descriptor);
        Assert.Matches(words, diagnostic.Message);
        Assert.Contains("after probe ", diagnostic.Message);
        AssertNoneLeft(harness);
    }

    [Fact]
    public async Task A_worker_that_hangs_is_ended()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The test looks workers up in /proc.");
        using var harness = new WorkerHarness { StallLimit = TimeSpan.FromSeconds(10) };
        var result = await harness.RunAsync(WorkerHarness.Endless, () => harness.Signal("STOP"));
        Assert.Equal(DiagnosticCodes.WorkerStalled, Assert.Single(result.Diagnostics).Descriptor);
        AssertNoneLeft(harness);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_worker_ends_with_its_host_and_takes_its_files_along(bool closeInput)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The stand-in for the host is a program of Unix.");
        using var harness = new WorkerHarness();
        var cancellation = TestContext.Current.CancellationToken;

        // Killing this stand-in closes no pipe of the worker: only the poll can tell.
        using var host = Process.Start(new ProcessStartInfo("sleep", "600"))!;
        var request = new WorkerRequest(
            ProbeJob.JobName,
            host.Id,
            harness.Numerics.Name,
            harness.Numerics.Threads,
            WorkerHarness.LibTorch,
            JsonSerializer.SerializeToElement(new ProbeJob.Input(WorkerHarness.Endless)));
        await File.WriteAllBytesAsync(
            harness.Folder.Of(WorkerRequest.FileName),
            JsonSerializer.SerializeToUtf8Bytes(request, WorkerJson.Options),
            cancellation);
        using var worker = new WorkerProcess(harness.Dotnet, WorkerProcess.CurrentEnvironment(), harness.StallLimit)
            .Start(harness.Folder.Path, harness.Numerics).Value!;
        try
        {
            Assert.NotNull(await worker.StandardOutput.ReadLineAsync(cancellation));
            if (closeInput)
            {
                worker.StandardInput.Close();
            }
            else
            {
                host.Kill();
            }

            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            patience.CancelAfter(TimeSpan.FromSeconds(30));
            await worker.StandardOutput.ReadToEndAsync(patience.Token);
            await worker.WaitForExitAsync(patience.Token);
            Assert.False(Directory.Exists(harness.Folder.Path));
        }
        finally
        {
            worker.Kill();
            host.Kill();
        }
    }

    [Fact]
    public async Task A_missing_dotnet_is_said_plainly()
    {
        using var harness = new WorkerHarness { Dotnet = "/no/such/dotnet" };
        var diagnostic = Assert.Single((await harness.RunAsync(1)).Diagnostics);
        Assert.Equal(DiagnosticCodes.WorkerUnstartable, diagnostic.Descriptor);
        Assert.Contains("DOTNET_HOST_PATH", diagnostic.Message);
    }

    private static void AssertNoneLeft(WorkerHarness harness)
    {
        if (OperatingSystem.IsLinux())
        {
            Assert.Empty(harness.Workers());
        }
    }
}
