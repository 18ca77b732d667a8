using System.Collections.Immutable;
using System.Text.Json;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Recipes;
using ModelSlim.Training.Runtime;

namespace ModelSlim.Training.Worker;

/// <summary>Finds out whether fine-tuning works on this machine by starting a worker. It downloads nothing.</summary>
public sealed class RuntimeInspection
{
    private static readonly TimeSpan StallLimit = TimeSpan.FromMinutes(2);

    /// <summary>Looks.</summary>
    /// <param name="named">Folder with libtorch that the user named; null where there is none.</param>
    /// <param name="from">Folder of the project or the model, whose nuget.config counts; null for the user's alone.</param>
    /// <param name="cancellation">Ends the worker.</param>
    public async Task<RuntimeFacts> InspectAsync(string? named, string? from, CancellationToken cancellation)
    {
        var host = HostPlatform.Detect();
        var environment = WorkerProcess.CurrentEnvironment();
        var libtorch = new LibTorchLocator(host, environment.GetValueOrDefault).Locate(named, from);
        var numerics = NumericsClass.Of(host, Numerics.Portable);
        var facts = new RuntimeFacts(
            host,
            StandardLibrary.Detect()?.Highest,
            LibTorchVersion.Value,
            libtorch.Value,
            numerics.Value?.Name,
            Numerics: null,
            Relaxed: [],
            Checksum: null,
            Problems: [.. libtorch.Diagnostics, .. numerics.Diagnostics]);
        if (!libtorch.Succeeded || !numerics.Succeeded)
        {
            return facts;
        }

        using var folder = JobFolder.Create();
        var answer = await new WorkerProcess(DotnetHost.Find(environment.GetValueOrDefault), environment, StallLimit).RunAsync(
            ProbeJob.JobName,
            new ProbeJob.Input(NumericsProbe.Steps),
            folder,
            numerics.Value,
            libtorch.Value,
            new Progress<StageProgress>(),
            cancellation);
        var probe = answer.Value?.Value.Deserialize<ProbeJob.Answer>(WorkerJson.Options);
        return facts with
        {
            Numerics = probe?.Numerics,
            Relaxed = probe?.Relaxed ?? [],
            Checksum = probe?.Checksum,
            Problems = answer.Diagnostics,
        };
    }
}
