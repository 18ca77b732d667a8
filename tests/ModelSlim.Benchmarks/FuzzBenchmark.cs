using ModelSlim.Fuzzing;

namespace ModelSlim.Benchmarks;

/// <summary>Gives parsers damaged files for as long as wanted, and says as a Markdown table what they did.</summary>
/// <param name="findings">Folder where files are kept with which a parser breaks what it promises.</param>
internal sealed class FuzzBenchmark(string findings)
{
    /// <summary>Runs them one after the other.</summary>
    /// <param name="parsers">Their names.</param>
    /// <param name="seconds">How long each.</param>
    /// <param name="output">Where the table goes.</param>
    /// <returns>True where nothing was found.</returns>
    public bool Run(IEnumerable<string> parsers, int seconds, TextWriter output)
    {
        var clean = true;
        output.WriteLine("| Parser | Inputs | Rejected | Accepted | Largest allocation | Slowest |");
        output.WriteLine("|---|---|---|---|---|---|");
        foreach (var parser in parsers)
        {
            using var target = FuzzCatalog.Make(parser);
            try
            {
                var tally = new FuzzRun(target, findings).Run(seconds);
                output.WriteLine(
                    $"| {parser} | {tally.Inputs:N0} | {tally.Rejected:N0} | {tally.Accepted:N0} | {tally.LargestAllocation / 1024.0:N0} KiB | {tally.Slowest.TotalMilliseconds:N0} ms |");
            }
            catch (FuzzFindingException finding)
            {
                clean = false;
                output.WriteLine($"| {parser} | {finding.Message.ReplaceLineEndings(" ")} | | | | |");
                Console.Error.WriteLine(finding);
            }

            output.Flush();
        }

        return clean;
    }
}
