using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using ModelSlim.Core.Recipes;
using ModelSlim.Emulation;
using ModelSlim.Training.Runtime;

// train CLASS FIRST FILE: trains the families that a file names from its line FIRST on, and prints for each a hash of what came out.
if (args is ["train", var own, var first, var file])
{
    NumericsHold.Of(NumericsClass.All.First(candidate => candidate.Name == own));
    var families = FamilyCatalog.All.ToDictionary(family => family.Name, StringComparer.Ordinal);
    foreach (var name in File.ReadLines(file).Skip(int.Parse(first, CultureInfo.InvariantCulture)))
    {
        Console.WriteLine(Convert.ToHexStringLower(SHA256.HashData(families[name].Train())));
        Console.Out.Flush();
    }

    return 0;
}

// compare few|all|PART CLASS [CPU ...]: trains here and on each CPU, as QEMU names it, and prints what differs. PART is a part of the
// names of what is compared.
if (args is ["compare", var extent, var asked, .. var processors] && NumericsClass.All.FirstOrDefault(candidate => candidate.Name == asked) is { } numerics)
{
    ImmutableArray<Family> compared = extent switch
    {
        "few" => FamilyCatalog.Few,
        "all" => FamilyCatalog.All,
        var part => [.. FamilyCatalog.All.Where(family => family.Name.Contains(part, StringComparison.OrdinalIgnoreCase))],
    };
    return new Comparison(numerics).Run(compared, processors, Console.Out) ? 0 : 1;
}

// cost: what each class costs, as a Markdown table. cost CLASS NET OPTIMIZER: milliseconds of a step in one class.
if (args is ["cost"])
{
    CostComparison.Run(Console.Out);
    return 0;
}

if (args is ["cost", var measured, var net, var optimizer])
{
    NumericsHold.Of(NumericsClass.All.First(candidate => candidate.Name == measured) with { Threads = 1 });
    var spec = new FineTuneSpec { Batch = 64, Optimizer = CostComparison.Optimizers[optimizer], Distill = new DistillSpec() };
    Console.WriteLine(CostMeter.Measure(CostNets.All[net](), spec, runs: 2).ToString(CultureInfo.InvariantCulture));
    return 0;
}

// throughput PYTHON MODEL ...: training with labels alone against PyTorch eager, as a Markdown table. throughput BATCH MODEL: of us alone.
if (args is ["throughput", var size, var trained] && int.TryParse(size, out var batch))
{
    NumericsHold.Of(NumericsClass.CpuPortable);
    Console.WriteLine(CostMeter.Measure(
        Throughput.Open(trained), new FineTuneSpec { Batch = batch, Optimizer = new OptimizerSpec.Sgd() }, runs: 2).ToString(CultureInfo.InvariantCulture));
    return 0;
}

if (args is ["throughput", var python, .. { Length: > 0 } models])
{
    new Throughput(python).Run(models, Console.Out);
    return 0;
}

Console.Error.WriteLine($"cost; throughput PYTHON MODEL ...; compare few|all|PART CLASS [CPU ...], with CLASS one of: {string.Join(", ", NumericsClass.All.Select(numerics => numerics.Name))}");
return 2;
