using System.Diagnostics;
using ModelSlim.Core.Data;

namespace ModelSlim.Testing;

/// <summary>
/// Kills <c>prune</c> at random moments. After each: what is in the output's place is whole, the next run gives the bytes of a run
/// that nobody killed, and the store is sound.
/// </summary>
public sealed class KilledPrunes : IDisposable
{
    private const string Output = "slim.onnx";
    private const double Growth = 1.05;

    private readonly PruneCase test;
    private readonly byte[] expected;
    private TimeSpan whole;

    private KilledPrunes(PruneCase test, byte[] expected, TimeSpan whole)
    {
        this.test = test;
        this.expected = expected;
        this.whole = whole;
    }

    /// <summary>How many runs were killed before they ended by themselves; two in a row now and then.</summary>
    public int Killed { get; private set; }

    /// <summary>How many of those had written their output.</summary>
    public int Written { get; private set; }

    /// <summary>How often the next run had to make the result.</summary>
    public int MadeAgain { get; private set; }

    /// <summary>Runs once without a kill, to know what comes out and how long that takes.</summary>
    public static async Task<KilledPrunes> StartAsync(bool trains, CancellationToken cancellation)
    {
        var test = new PruneCase(trains);
        var clock = Stopwatch.StartNew();
        await test.PruneAsync(Output, cancellation);
        return new KilledPrunes(test, await File.ReadAllBytesAsync(test.File(Output), cancellation), clock.Elapsed);
    }

    /// <summary>Kills a run, and now and then the next one too, and looks at what is left.</summary>
    /// <param name="random">Says when; also whether the store was empty.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="InvalidOperationException">What must hold afterwards does not.</exception>
    public async Task KillAsync(SplitMix random, CancellationToken cancellation)
    {
        var (moment, empty) = (whole * random.NextSingle(), random.NextInt(2) == 0);
        File.Delete(test.File(Output));
        if (empty)
        {
            Directory.Delete(test.File("store"), recursive: true);
        }

        await KillAsync(moment, cancellation, "--rebuild");
        if (random.NextInt(3) == 0)
        {
            // The run that would mend what the first one left is killed too.
            await KillAsync(whole * random.NextSingle(), cancellation);
        }

        MadeAgain += await test.PruneAsync(Output, cancellation) == "miss" ? 1 : 0;
        await CheckAsync($"the run after one that was killed after {moment.TotalMilliseconds:F0} ms", cancellation);
        await test.VerifyStoreAsync(cancellation);
    }

    /// <inheritdoc/>
    public void Dispose() => test.Dispose();

    private async Task KillAsync(TimeSpan moment, CancellationToken cancellation, params string[] more)
    {
        var start = DateTime.Now;
        using (var process = Process.Start(ToolStart.Of(test.Prune(Output, more)))!)
        {
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            await Task.Delay(moment, cancellation);
            var ended = process.HasExited;
            process.Kill();
            await process.WaitForExitAsync(cancellation);
            Killed += ended ? 0 : 1;

            // How long a run takes depends on what else the machine does: what ended was faster than was thought.
            whole = ended ? process.ExitTime - start : whole * Growth;
        }

        if (File.Exists(test.File(Output)))
        {
            Written++;
            await CheckAsync($"a run that was killed after {moment.TotalMilliseconds:F0} ms", cancellation);
        }
    }

    private async Task CheckAsync(string what, CancellationToken cancellation)
    {
        var bytes = await File.ReadAllBytesAsync(test.File(Output), cancellation);
        if (!bytes.SequenceEqual(expected))
        {
            throw new InvalidOperationException($"Other bytes came out of {what}.");
        }
    }
}
