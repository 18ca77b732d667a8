using ModelSlim.Core.Data;
using ModelSlim.Testing;

namespace ModelSlim.Benchmarks;

/// <summary>Kills <c>prune</c> at random moments; one run in four trains.</summary>
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

    private static string Said(KilledPrunes runs) =>
        $"{runs.Killed} were running, {runs.Written} had written their output, {runs.MadeAgain} next runs made it again";
}
