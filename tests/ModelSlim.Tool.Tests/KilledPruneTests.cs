using ModelSlim.Core.Data;
using ModelSlim.Testing;

namespace ModelSlim.Tool.Tests;

/// <summary>Real processes that are killed at any moment, or come all at once.</summary>
public sealed class KilledPruneTests
{
    private const int Kills = 6;
    private const int Processes = 6;

    [Fact]
    public async Task A_run_may_be_killed_at_any_moment()
    {
        using var runs = await KilledPrunes.StartAsync(trains: false, TestContext.Current.CancellationToken);
        var random = new SplitMix(TimeProvider.System.GetTimestamp(), "kills");

        for (var kill = 0; kill < Kills; kill++)
        {
            await runs.KillAsync(random, TestContext.Current.CancellationToken);
        }

        Assert.InRange(runs.Killed, 1, 2 * Kills);
    }

    [Fact]
    public async Task Of_many_that_want_one_result_one_makes_it()
    {
        Assert.Equal((1, 1), await Crowd.RunAsync(Processes, trains: false, TestContext.Current.CancellationToken));
    }
}
