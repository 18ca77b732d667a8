using System.Runtime.InteropServices;
using System.Text.Json;
using ModelSlim.Core.Data;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Training.Runtime;

namespace ModelSlim.Training.Worker;

/// <summary>
/// The worker: <c>dotnet exec ModelSlim.Training.dll JOB-FOLDER</c>. It loads libtorch, holds the process to the numerics class
/// of the request, does one job and ends. Standard output carries messages, standard error is free text.
/// </summary>
internal static class WorkerProgram
{
    private static readonly WorkerJob[] Jobs = [new ProbeJob(), new FineTuneJob(), new SparsifyJob(), new ScoreJob()];

    /// <summary>Runs the worker.</summary>
    public static int Main(string[] arguments)
    {
        if (arguments is not [var folder] || !File.Exists(Path.Combine(folder, WorkerRequest.FileName)))
        {
            Console.Error.WriteLine("This program is started by modelslim, with a folder that holds a request.");
            return (int)ExitCode.CommandLine;
        }

        // Not disposed of: the threads that watch the host use it until the process is gone.
        var cancel = new CancellationTokenSource();

        // Ctrl+C reaches every process of the terminal; the host decides what becomes of the job.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = true);
        var output = new WorkerLine(Console.OpenStandardOutput());
        Console.SetOut(Console.Error);
        try
        {
            var request = JsonSerializer.Deserialize<WorkerRequest>(
                File.ReadAllBytes(Path.Combine(folder, WorkerRequest.FileName)), WorkerJson.Options)!;
            new HostWatch(request.Host, folder).Start(Console.OpenStandardInput(), cancel);
            var answer = Attempt(request, folder, new ProgressLine(output), cancel.Token);
            foreach (var diagnostic in answer.Diagnostics)
            {
                output.Write(new WorkerMessage.Report(diagnostic.Code, diagnostic.Message, diagnostic.Location));
            }

            output.Write(new WorkerMessage.Done(
                answer.Succeeded ? JsonSerializer.SerializeToElement(answer.Value, WorkerJson.Options) : null));
            return (int)ExitCode.Done;
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The host does the same, unless it is gone.
            JobFolder.Remove(folder);
            return (int)ExitCode.Cancelled;
        }
    }

    private static Result<object> Attempt(
        WorkerRequest request, string folder, IProgress<StageProgress> progress, CancellationToken cancellation)
    {
        try
        {
            return Run(request, folder, progress, cancellation);
        }
        catch (UnreadableSampleException failure)
        {
            return failure.Diagnostic;
        }
        catch (ExternalException failure) when (failure.Message.Contains("allocate memory", StringComparison.Ordinal))
        {
            return DiagnosticCodes.WorkerDied.Says("memory ran out in training; set a smaller finetune.batch.");
        }
        catch (Exception bug) when (bug is not OperationCanceledException)
        {
            Console.Error.WriteLine(bug);
            return DiagnosticCodes.Internal.Says($"training failed with {bug.GetType().Name}: {bug.Message.Split('\n')[0].Trim()}");
        }
    }

    private static Result<object> Run(
        WorkerRequest request, string folder, IProgress<StageProgress> progress, CancellationToken cancellation)
    {
        var host = HostPlatform.Detect();
        var numerics = NumericsClass.All.First(candidate => candidate.Name == request.Numerics) with { Threads = request.Threads };
        return new TorchLoader(host, Environment.GetEnvironmentVariable, spareFolder: folder)
            .Load(request.LibTorch)
            .Then(torch => new TorchNumerics(Environment.GetEnvironmentVariable).Hold(numerics, torch).Then(reading =>
                Jobs.First(job => job.Name == request.Job).Run(
                    new JobContext(folder, request.Input, torch, reading, progress), cancellation)));
    }

    private sealed class ProgressLine(WorkerLine output) : IProgress<StageProgress>
    {
        public void Report(StageProgress value) => output.Write(new WorkerMessage.Progress(value));
    }
}
