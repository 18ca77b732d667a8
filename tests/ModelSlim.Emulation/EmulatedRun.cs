using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using ModelSlim.Training.Runtime;
using ModelSlim.Training.Worker;

namespace ModelSlim.Emulation;

/// <summary>
/// Trains families in a process of its own, on this CPU or on an emulated one. .NET under QEMU ends with SIGSEGV now and then; what it
/// had finished counts, and a new process goes on from there.
/// </summary>
/// <param name="numerics">The class to compute in.</param>
/// <param name="processor">CPU for <c>qemu-x86_64 -cpu</c>; null for this one.</param>
internal sealed class EmulatedRun(NumericsClass numerics, string? processor)
{
    private const int Attempts = 4;

    // What QEMU has translated it translates again when it changes, so code is compiled once; and collections are few.
    private static readonly ImmutableArray<KeyValuePair<string, string>> Quiet =
        [new("DOTNET_TieredCompilation", "0"), new("DOTNET_GCgen0size", "0x10000000")];

    /// <summary>Trains.</summary>
    /// <param name="names">Names of the families.</param>
    /// <returns>For each a hash of what came out, or why no process came to its end, however often it was tried.</returns>
    public ImmutableArray<(string? Hash, string? Failure)> Run(ImmutableArray<string> names)
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllLines(file, names);
            var runs = new List<(string? Hash, string? Failure)>();
            var failed = 0;
            while (runs.Count < names.Length)
            {
                var (made, failure) = Attempt(file, runs.Count);
                runs.AddRange(made.Select(hash => ((string?)hash, (string?)null)));
                failed = made.Count > 0 ? 1 : failed + 1;
                if (failed == Attempts && runs.Count < names.Length)
                {
                    runs.Add((null, failure));
                    failed = 0;
                }
            }

            return [.. runs];
        }
        finally
        {
            File.Delete(file);
        }
    }

    private (List<string> Hashes, string Failure) Attempt(string file, int first)
    {
        var dotnet = DotnetHost.Find(Environment.GetEnvironmentVariable);
        dotnet = File.ResolveLinkTarget(dotnet, returnFinalTarget: true)?.FullName ?? dotnet;
        string[] command =
        [
            .. processor is null ? Array.Empty<string>() : ["qemu-x86_64", "-cpu", processor],
            dotnet, "exec", typeof(EmulatedRun).Assembly.Location, "train", numerics.Name, first.ToString(CultureInfo.InvariantCulture), file,
        ];
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Clear();
        foreach (var (name, value) in WorkerEnvironment.For(WorkerProcess.CurrentEnvironment(), numerics).Concat(Quiet))
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var hashes = new List<string>();
        while (process.StandardOutput.ReadLine() is { } hash)
        {
            hashes.Add(hash);
        }

        process.WaitForExit();
        var said = errors.GetAwaiter().GetResult().Split('\n').FirstOrDefault(line => line.Contains("exception", StringComparison.OrdinalIgnoreCase));
        return (hashes, $"exit code {process.ExitCode}{(said is null ? string.Empty : $": {said.Trim()}")}");
    }
}
