using System.Diagnostics;
using System.Text;
using System.Text.Json;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Training.Runtime;
using ModelSlim.Training.Worker;

namespace ModelSlim.Training.Tests.Worker;

/// <summary>Starts real workers, which load libtorch and train the net of <see cref="NumericsProbe"/>.</summary>
internal sealed class WorkerHarness : IDisposable
{
    /// <summary>More steps than any test waits for.</summary>
    public const int Endless = 10_000_000;

    private static readonly HostPlatform Host = HostPlatform.Detect();

    public WorkerHarness() =>
        Assert.SkipWhen(Host.LibTorchPackage is null || !NumericsClass.Of(Host, Core.Recipes.Numerics.Portable).Succeeded, "Fine-tuning does not run here.");

    public JobFolder Folder { get; } = JobFolder.Create();

    public NumericsClass Numerics { get; init; } = NumericsClass.Of(Host, Core.Recipes.Numerics.Portable).Value!;

    public Dictionary<string, string> Variables { get; init; } = [];

    public string Dotnet { get; init; } = DotnetHost.Find(Environment.GetEnvironmentVariable);

    public TimeSpan StallLimit { get; init; } = TimeSpan.FromMinutes(2);

    public static LibTorchDirectory LibTorch { get; } =
        new LibTorchLocator(Host, Environment.GetEnvironmentVariable).Locate(null, AppContext.BaseDirectory).Value!;

    public Task<Result<WorkerAnswer>> RunAsync(
        int steps, Action? onFirstStep = null, CancellationToken? cancellation = null, LibTorchDirectory? libtorch = null)
    {
        var environment = WorkerProcess.CurrentEnvironment().ToDictionary();
        foreach (var (name, value) in Variables)
        {
            environment[name] = value;
        }

        return new WorkerProcess(Dotnet, environment, StallLimit).RunAsync(
            ProbeJob.JobName,
            new ProbeJob.Input(steps),
            Folder,
            Numerics,
            libtorch ?? LibTorch,
            new FirstStep(onFirstStep),
            cancellation ?? TestContext.Current.CancellationToken);
    }

    public async Task<ProbeJob.Answer> ProbeAsync(LibTorchDirectory? libtorch = null)
    {
        var result = await RunAsync(NumericsProbe.Steps, libtorch: libtorch);
        Assert.Empty(result.Diagnostics);
        return result.Value!.Value.Deserialize<ProbeJob.Answer>(WorkerJson.Options)!;
    }

    /// <summary>The workers of this harness that are alive. Linux only.</summary>
    public IReadOnlyList<int> Workers() =>
    [
        .. Process.GetProcesses()
            .Select(process => process.Id)
            .Where(id => CommandLine(id).Split('\0').Contains(Folder.Path)),
    ];

    /// <summary>Sends a signal to the worker: twice, because the runtime takes the first of a crash for its own.</summary>
    public void Signal(string name)
    {
        var worker = Workers().Single();
        using var kill = Process.Start(new ProcessStartInfo("/bin/sh")
        {
            ArgumentList = { "-c", $"kill -{name} {worker}; sleep 0.2; kill -{name} {worker} 2>/dev/null" },
        });
        kill!.WaitForExit();
    }

    public void Dispose() => Folder.Dispose();

    private static string CommandLine(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/cmdline", Encoding.UTF8);
        }
        catch (IOException)
        {
            return string.Empty;
        }
    }

    private sealed class FirstStep(Action? action) : IProgress<StageProgress>
    {
        private Action? pending = action;

        public void Report(StageProgress value) => Interlocked.Exchange(ref pending, null)?.Invoke();
    }
}
