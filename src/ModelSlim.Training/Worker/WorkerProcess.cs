using System.Collections;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Training.Runtime;

namespace ModelSlim.Training.Worker;

/// <summary>
/// Runs one job in a process of its own: variables that libtorch reads can be set only before a process starts, native code
/// that crashes takes its process along, and MSBuild must not keep 500 MB of libraries. The worker is this assembly, started
/// with <c>dotnet exec</c> and the settings that the compiler wrote beside it, so it starts in the same way under
/// <c>dotnet test</c>, from the packed tool and on every system, whatever program is the host.
/// </summary>
/// <param name="dotnet">The <c>dotnet</c> program.</param>
/// <param name="environment">Variables of this process.</param>
/// <param name="stallLimit">A worker that says nothing for so long is ended.</param>
internal sealed class WorkerProcess(string dotnet, IReadOnlyDictionary<string, string> environment, TimeSpan stallLimit)
{
    /// <summary>How long a cancelled worker may take to end by itself.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    /// <summary>The variables of this process.</summary>
    public static IReadOnlyDictionary<string, string> CurrentEnvironment() => Environment.GetEnvironmentVariables()
        .Cast<DictionaryEntry>()
        .ToImmutableDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? string.Empty);

    /// <summary>Runs a job.</summary>
    /// <param name="job">Name of the job.</param>
    /// <param name="input">What it is asked.</param>
    /// <param name="folder">Its folder.</param>
    /// <param name="numerics">The class it computes in.</param>
    /// <param name="libtorch">Where libtorch is.</param>
    /// <param name="progress">Gets its progress.</param>
    /// <param name="cancellation">Asks the worker to stop; after <see cref="Grace"/> it is killed.</param>
    /// <returns>Its answer, as JSON, with its warnings; or why there is none.</returns>
    /// <exception cref="OperationCanceledException">The job was cancelled; the worker has ended.</exception>
    public async Task<Result<WorkerAnswer>> RunAsync(
        string job,
        object input,
        JobFolder folder,
        NumericsClass numerics,
        LibTorchDirectory libtorch,
        IProgress<StageProgress> progress,
        CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var request = new WorkerRequest(
            job, Environment.ProcessId, numerics.Name, numerics.Threads, libtorch, JsonSerializer.SerializeToElement(input, WorkerJson.Options));
        await File.WriteAllBytesAsync(
            folder.Of(WorkerRequest.FileName), JsonSerializer.SerializeToUtf8Bytes(request, WorkerJson.Options), cancellation);

        var started = Start(folder.Path, numerics);
        if (!started.Succeeded)
        {
            return Result<WorkerAnswer>.Failed(started.Diagnostics);
        }

        using var process = started.Value;
        var lastLine = LastLine(process.StandardError);
        Conversation conversation;
        try
        {
            conversation = await Listen(process, progress, cancellation);
        }
        finally
        {
            await EndAsync(process);
        }

        return conversation switch
        {
            { Silent: true } => DiagnosticCodes.WorkerStalled.Says(
                $"the training process said nothing for {stallLimit.TotalMinutes:0.##} minutes " +
                $"({WorkerEnd.Place(conversation.LastStep)}) and was ended; set a smaller finetune.batch or a longer limit."),
            { Done: null } => WorkerEnd.Describe(
                process.ExitCode, OperatingSystem.IsWindows(), conversation.LastStep, await lastLine),
            { Done.Answer: { } answer } => Result<WorkerAnswer>.With(new WorkerAnswer(answer), conversation.Reports),
            _ => Result<WorkerAnswer>.Failed(conversation.Reports),
        };
    }

    /// <summary>Starts a worker and says nothing to it.</summary>
    /// <param name="folder">The job's folder, with the request.</param>
    /// <param name="numerics">The class it computes in.</param>
    internal Result<Process> Start(string folder, NumericsClass numerics)
    {
        var assembly = typeof(WorkerProcess).Assembly.Location;
        var start = new ProcessStartInfo(dotnet)
        {
            ArgumentList = { "exec", assembly, folder },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
            UseShellExecute = false,
            CreateNoWindow = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        start.Environment.Clear();
        foreach (var (name, value) in WorkerEnvironment.For(environment, numerics))
        {
            start.Environment[name] = value;
        }

        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception failure)
        {
            return DiagnosticCodes.WorkerUnstartable.Says(
                $"{dotnet} cannot be started: {failure.Message}; set DOTNET_HOST_PATH to the dotnet program.");
        }
    }

    private async Task<Conversation> Listen(
        Process process, IProgress<StageProgress> progress, CancellationToken cancellation)
    {
        var reports = ImmutableArray.CreateBuilder<Diagnostic>();
        string? lastStep = null;
        while (true)
        {
            string? line;
            try
            {
                line = await process.StandardOutput.ReadLineAsync(cancellation).AsTask().WaitAsync(stallLimit, cancellation);
            }
            catch (TimeoutException)
            {
                return new Conversation(null, [], lastStep, Silent: true);
            }

            switch (line is null ? null : WorkerLine.Read(line))
            {
                case WorkerMessage.Progress step:
                    lastStep = step.Value.Total > 0
                        ? $"{step.Value.Stage} {step.Value.Done}/{step.Value.Total}"
                        : step.Value.Stage;
                    progress.Report(step.Value);
                    break;
                case WorkerMessage.Report report:
                    var kind = DiagnosticCodes.All.First(descriptor => descriptor.Code == report.Code);
                    reports.Add(new Diagnostic(kind, report.Text, report.Location));
                    break;
                case WorkerMessage.Done done:
                    return new Conversation(done, reports.DrainToImmutable(), lastStep, Silent: false);
                case null when line is null:
                    return new Conversation(null, reports.DrainToImmutable(), lastStep, Silent: false);
            }
        }
    }

    private static async Task EndAsync(Process process)
    {
        if (process.HasExited)
        {
            return;
        }

        try
        {
            await process.StandardInput.WriteLineAsync(HostWatch.Stop);
            await process.StandardInput.FlushAsync(CancellationToken.None);
        }
        catch (IOException)
        {
            // It is about to end.
        }

        using var patience = new CancellationTokenSource(Grace);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    private static async Task<string?> LastLine(StreamReader error)
    {
        string? last = null;
        while (await error.ReadLineAsync() is { } line)
        {
            // The frames of an exception say nothing to the user; the line above them does.
            var text = line.Trim();
            last = text.Length == 0 || text.StartsWith("at ", StringComparison.Ordinal) ? last : text;
        }

        return last;
    }

    private sealed record Conversation(
        WorkerMessage.Done? Done, ImmutableArray<Diagnostic> Reports, string? LastStep, bool Silent);
}
