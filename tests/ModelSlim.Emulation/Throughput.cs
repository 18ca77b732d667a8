using System.Diagnostics;
using System.Globalization;
using ModelSlim.Core.Onnx;
using ModelSlim.Training.Runtime;
using ModelSlim.Training.Worker;

namespace ModelSlim.Emulation;

/// <summary>Images that a CPU second trains on, forward, backward and step, against PyTorch eager on the same models, in turns.</summary>
/// <param name="python">A Python that has PyTorch and onnx.</param>
internal sealed class Throughput(string python)
{
    private const int Batch = 128;
    private const int Turns = 3;

    /// <summary>Prints a Markdown table: the most of several processes of each, one thread.</summary>
    public void Run(string[] models, TextWriter output)
    {
        output.WriteLine("| Model | ModelSlim, images a CPU second | PyTorch eager | ratio |\n|---|---|---|---|");
        foreach (var model in models)
        {
            var (ours, eager) = (double.PositiveInfinity, double.PositiveInfinity);
            for (var turn = 0; turn < Turns; turn++)
            {
                ours = Math.Min(ours, Milliseconds(Ours(model)));
                eager = Math.Min(eager, Milliseconds(Eager(model)));
            }

            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {Path.GetFileNameWithoutExtension(model)} | {1000 * Batch / ours:0} | {1000 * Batch / eager:0} | {eager / ours:0.00} |"));
        }
    }

    /// <summary>Reads a model.</summary>
    public static OnnxModel Open(string file) => new OnnxReader().Read(file).Value ?? throw new InvalidOperationException($"{file} cannot be read");

    private static ProcessStartInfo Ours(string model)
    {
        var start = new ProcessStartInfo(
            DotnetHost.Find(Environment.GetEnvironmentVariable), ["exec", typeof(Throughput).Assembly.Location, "throughput", $"{Batch}", model]);
        start.Environment.Clear();
        foreach (var (name, value) in WorkerEnvironment.For(WorkerProcess.CurrentEnvironment(), NumericsClass.CpuPortable))
        {
            start.Environment[name] = value;
        }

        return start;
    }

    private ProcessStartInfo Eager(string model)
    {
        var start = new ProcessStartInfo(python, [Path.Combine(AppContext.BaseDirectory, "eager.py"), model, $"{Batch}"]);
        start.Environment["OMP_NUM_THREADS"] = "1";
        return start;
    }

    private static double Milliseconds(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = true;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? double.Parse(output, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"{start.FileName} ended with {process.ExitCode}");
    }
}
