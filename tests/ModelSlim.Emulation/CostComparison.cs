using System.Diagnostics;
using System.Globalization;
using ModelSlim.Core.Recipes;
using ModelSlim.Training.Runtime;
using ModelSlim.Training.Worker;

namespace ModelSlim.Emulation;

/// <summary>What each numerics class costs against the native one, on one thread, in turns.</summary>
internal static class CostComparison
{
    private const int Runs = 3;

    private static readonly NumericsClass[] Classes = [NumericsClass.CpuNative with { Threads = 1 }, NumericsClass.CpuPortable, NumericsClass.CpuFloor];

    /// <summary>Prints a Markdown table: milliseconds of a step, the least of several processes, and the ratio to the native class.</summary>
    public static void Run(TextWriter output)
    {
        output.WriteLine("| Net | Optimizer | native | portable | | floor | |\n|---|---|---|---|---|---|---|");
        foreach (var net in CostNets.All.Keys)
        {
            foreach (var optimizer in Optimizers.Keys)
            {
                var least = Classes.ToDictionary(numerics => numerics.Name, _ => double.PositiveInfinity);
                for (var run = 0; run < Runs; run++)
                {
                    foreach (var numerics in Classes)
                    {
                        least[numerics.Name] = Math.Min(least[numerics.Name], Measure(numerics, net, optimizer));
                    }
                }

                var (native, portable, floor) = (least[Classes[0].Name], least[Classes[1].Name], least[Classes[2].Name]);
                output.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {net} | {optimizer} | {native:0.0} ms | {portable:0.0} ms | {portable / native:0.00} | {floor:0.0} ms | {floor / native:0.00} |"));
            }
        }
    }

    /// <summary>The optimizers, by name.</summary>
    public static IReadOnlyDictionary<string, OptimizerSpec> Optimizers { get; } = new SortedDictionary<string, OptimizerSpec>(StringComparer.Ordinal)
    {
        ["muon"] = new OptimizerSpec.Muon(),
        ["sgd"] = new OptimizerSpec.Sgd(),
    };

    private static double Measure(NumericsClass numerics, string net, string optimizer)
    {
        var start = new ProcessStartInfo(
            DotnetHost.Find(Environment.GetEnvironmentVariable), ["exec", typeof(CostComparison).Assembly.Location, "cost", numerics.Name, net, optimizer])
        {
            RedirectStandardOutput = true,
        };
        start.Environment.Clear();
        foreach (var (name, value) in WorkerEnvironment.For(WorkerProcess.CurrentEnvironment(), numerics))
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        return double.Parse(process.StandardOutput.ReadToEnd(), CultureInfo.InvariantCulture);
    }
}
