using System.Collections.Immutable;
using System.Diagnostics;
using ModelSlim.Training.Runtime;

namespace ModelSlim.Emulation;

/// <summary>Compares what comes out here with what comes out on other CPUs.</summary>
/// <param name="numerics">The class to compute in.</param>
internal sealed class Comparison(NumericsClass numerics)
{
    // Most of what QEMU cannot run to its end, however often, before a comparison says nothing.
    private const double MostUnfinished = 0.05;

    /// <summary>Compares, and prints what differs.</summary>
    /// <param name="families">What is trained.</param>
    /// <param name="processors">CPUs, as QEMU names them.</param>
    /// <param name="output">Gets a line for each family that differs or did not come to its end, and one for each CPU.</param>
    /// <returns>True where everything came to its end here, and nearly everything there, with the same bytes.</returns>
    public bool Run(ImmutableArray<Family> families, IReadOnlyList<string> processors, TextWriter output)
    {
        ImmutableArray<string> names = [.. families.Select(family => family.Name)];
        var watch = Stopwatch.StartNew();
        var here = new EmulatedRun(numerics, null).Run(names);
        Tell("here", names, here, here, watch, output);
        var same = Array.TrueForAll([.. here], run => run.Hash is not null);
        foreach (var processor in processors)
        {
            watch.Restart();
            same &= Tell(processor, names, here, new EmulatedRun(numerics, processor).Run(names), watch, output);
        }

        return same;
    }

    private static bool Tell(
        string place,
        ImmutableArray<string> names,
        ImmutableArray<(string? Hash, string? Failure)> here,
        ImmutableArray<(string? Hash, string? Failure)> there,
        Stopwatch watch,
        TextWriter output)
    {
        var (finished, different) = (0, 0);
        for (var i = 0; i < names.Length; i++)
        {
            var differs = there[i].Hash is not null && there[i].Hash != here[i].Hash;
            finished += there[i].Hash is null ? 0 : 1;
            different += differs ? 1 : 0;
            if (differs || there[i].Failure is not null)
            {
                output.WriteLine($"{place}: {names[i]}: {there[i].Failure ?? "differs"}");
            }
        }

        output.WriteLine($"{place}: {finished} of {names.Length} came to their end, {different} differ, {watch.Elapsed.TotalSeconds:0} s");
        return different == 0 && finished >= (1 - MostUnfinished) * names.Length;
    }
}
