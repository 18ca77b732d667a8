using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Recipes;
using ModelSlim.Training.Runtime;

namespace ModelSlim.Training.Worker;

/// <summary>Runs a job that trains: in a numerics class, with a libtorch that is fetched if need be.</summary>
/// <param name="threads">Most threads, where the class leaves their number open; null for one a core.</param>
internal sealed class WorkerLaunch(int? threads)
{
    private static readonly TimeSpan StallLimit = TimeSpan.FromMinutes(10);

    /// <summary>Runs a job.</summary>
    /// <param name="job">Name of the job.</param>
    /// <param name="input">What it is asked.</param>
    /// <param name="computing">How it is to compute.</param>
    /// <param name="folder">Its folder, with the files that it reads.</param>
    /// <param name="torch">Where libtorch may come from.</param>
    /// <param name="progress">Gets its progress.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Its answer; MSLIM20xx where the machine cannot train or the process ended early.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled; the process has ended.</exception>
    public async Task<Result<WorkerAnswer>> RunAsync(
        string job,
        object input,
        Numerics computing,
        JobFolder folder,
        TorchSource torch,
        IProgress<StageProgress> progress,
        CancellationToken cancellation)
    {
        var host = HostPlatform.Detect();
        var environment = WorkerProcess.CurrentEnvironment();
        var dotnet = DotnetHost.Find(environment.GetValueOrDefault);
        var numerics = NumericsClass.Of(host, computing, threads);
        if (!numerics.Succeeded)
        {
            return Result<WorkerAnswer>.Failed(numerics.Diagnostics);
        }

        var libtorch = await new LibTorchAcquisition(host, environment, dotnet)
            .ObtainAsync(torch.Directory, torch.ModelFolder, torch.Offline, progress, cancellation);
        return libtorch.Succeeded
            ? await new WorkerProcess(dotnet, environment, StallLimit).RunAsync(
                job, input, folder, numerics.Value, libtorch.Value, progress, cancellation)
            : Result<WorkerAnswer>.Failed(libtorch.Diagnostics);
    }
}
