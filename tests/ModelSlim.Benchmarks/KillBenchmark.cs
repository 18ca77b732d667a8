using ModelSlim.Core.Data;
using ModelSlim.Testing;

namespace ModelSlim.Benchmarks;

/// <summary>Kills <c>prune</c>, of which one run in four trains, or <c>dotnet build -m</c>, at random moments.</summary>
internal static class KillBenchmark
{
    private const int TrainsOneIn = 4;
    private const int ToldEach = 10;

    /// <summary>Kills so many times.</summary>
    /// <exception cref="InvalidOperationException">A kill left something wrong.</exception>
    public static async Task RunAsync(int kills, TextWriter output)
    {
        using var plain = await KilledPrunes.StartAsync(trains: false, CancellationToken.None);
        using var training = await KilledPrunes.StartAsync(trains: true, CancellationToken.None);
        var random = new SplitMix(1, "kills");
        for (var kill = 1; kill <= kills; kill++)
        {
            await (kill % TrainsOneIn == 0 ? training : plain).KillAsync(random, CancellationToken.None);
            if (kill % ToldEach == 0 || kill == kills)
            {
                output.WriteLine($"{kill} kills: without training {Said(plain)}; with training {Said(training)}");
                output.Flush();
            }
        }
    }

    /// <summary>Kills builds so many times.</summary>
    /// <param name="feed">Folder with the package.</param>
    /// <param name="kills">How many.</param>
    /// <param name="output">Where the counts go.</param>
    /// <exception cref="InvalidOperationException">A kill left something wrong.</exception>
    public static async Task RunBuildsAsync(string feed, int kills, TextWriter output)
    {
        using var builds = await KilledBuilds.StartAsync(feed, CancellationToken.None);
        var random = new SplitMix(1, "killed builds");
        for (var kill = 1; kill <= kills; kill++)
        {
            await builds.KillAsync(random, CancellationToken.None);
            if (kill % ToldEach == 0 || kill == kills)
            {
                output.WriteLine($"{kill} kills: {builds.Killed} were running, {builds.WithTool} with the tool, {builds.WithWorker} with the worker");
                output.Flush();
            }
        }
    }

    private static string Said(KilledPrunes runs) =>
        $"{runs.Killed} were running, {runs.Written} had written their output, {runs.MadeAgain} next runs made it again";
}
