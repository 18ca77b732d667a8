using ModelSlim.Benchmarks;
using ModelSlim.Fuzzing;
using ModelSlim.Testing;

// speed [MODEL ...]: plan against ONNX Runtime's own load and run. memory [MODEL ...]: peak memory of prune --target macs=50%.
// A MODEL is a kind of LargeNets or the path of an ONNX file.
// accuracy DATA SEEDS MODEL ...: the accuracy that is left, as a Markdown table; DATA is the folder of Fashion-MNIST's four IDX files.
if (args is ["accuracy", var data, var seeds, .. { Length: > 0 } nets] && int.TryParse(seeds, out var count) && count > 0)
{
    using var results = new TemporaryFolder();
    AccuracySuite.Run(new AccuracyBenchmark(results, data), nets, count, Console.Out);
    return 0;
}

// fuzz SECONDS [PARSER ...]: damaged files for the parsers, so long each; what breaks one is kept in the folder "findings".
if (args is ["fuzz", var time, .. var parsers] && int.TryParse(time, out var seconds) && seconds > 0 && parsers.All(FuzzCatalog.Names.Contains))
{
    return new FuzzBenchmark(Path.GetFullPath("findings")).Run(parsers is [] ? FuzzCatalog.Names : parsers, seconds, Console.Out) ? 0 : 1;
}

// builds PACKAGES: what the package of that folder costs a build, and how fast files are hashed.
if (args is ["builds", var packages])
{
    using var builds = new BuildBenchmark(packages);
    await builds.RunAsync(Console.Out);
    return 0;
}

// build-kills N PACKAGES: so many kills of dotnet build -m, with the package of that folder.
if (args is ["build-kills", var wanted, var feed] && int.TryParse(wanted, out var killed) && killed > 0)
{
    await KillBenchmark.RunBuildsAsync(feed, killed, Console.Out);
    return 0;
}

// kills N: so many kills of prune at random moments. crowd N: so many processes that want one result, which is trained.
if (args is [("kills" or "crowd") and var trial, var number] && int.TryParse(number, out var times) && times > 0)
{
    if (trial == "kills")
    {
        await KillBenchmark.RunAsync(times, Console.Out);
        return 0;
    }

    var (made, different) = await Crowd.RunAsync(times, trains: true, CancellationToken.None);
    Console.WriteLine($"{times} processes: {made} made the result, {different} different results");
    return made == 1 && different == 1 ? 0 : 1;
}

// gates DATA MODEL ...: what skipping blocks and choosing channels at run time could save; DATA as above.
if (args is ["gates", var set, .. { Length: > 0 } classifiers])
{
    foreach (var classifier in classifiers)
    {
        new BlockSkipping().Run(classifier, Path.Combine(set, "t10k-images-idx3-ubyte.gz"), Console.Out);
    }

    new ChannelGating().Run(Console.Out);
    return 0;
}

// emulated [CPU ...]: everything that can be trained, and whole runs, here and on CPUs that QEMU emulates; prints what differs.
if (args is ["emulated", .. var processors])
{
    return EmulationChild.Run(["compare", "all", "cpu-portable-1", .. processors is [] ? ["EPYC-Milan", "Haswell-v4", "Skylake-Client-v1"] : processors]);
}

// numerics: what the numerics classes cost, as a Markdown table.
if (args is ["numerics"])
{
    return EmulationChild.Run("cost");
}

// throughput PYTHON MODEL ...: training against PyTorch eager, as a Markdown table; that Python has torch and onnx.
if (args is ["throughput", var python, .. { Length: > 0 } trained])
{
    return EmulationChild.Run(["throughput", python, .. trained]);
}

if (args is not [("speed" or "memory") and var what, .. var named])
{
    Console.Error.WriteLine(
        $"accuracy DATA SEEDS MODEL ..., or speed|memory [MODEL ...], with MODEL a file or one of: {string.Join(", ", LargeNets.Kinds)}\n" +
        $"fuzz SECONDS [PARSER ...], with PARSER one of: {string.Join(", ", FuzzCatalog.Names)}\n" +
        "kills N; crowd N; build-kills N PACKAGES; builds PACKAGES; gates DATA MODEL ...; emulated [CPU ...]; numerics; throughput PYTHON MODEL ...");
    return 2;
}

using var folder = new TemporaryFolder();
var models = new BenchmarkModels(folder);
foreach (var name in named is [] ? BenchmarkModels.Usual(what) : named)
{
    var path = models.PathOf(name);
    Console.WriteLine(what == "speed" ? new SpeedBenchmark().Run(name, path) : new MemoryBenchmark(folder).Run(name, path));
}

return 0;
