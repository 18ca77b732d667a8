using ModelSlim.Fuzzing;
using ModelSlim.Testing;

namespace ModelSlim.Training.Tests.Fuzzing;

/// <summary>Every parser of files from outside: an error or a value, never another exception, a hang, or memory beyond its bound.</summary>
public sealed class ParserTests
{
    private const int Seconds = 2;

    /// <summary>Seeds that are there for their form; the parser says no to them, and rightly.</summary>
    private static readonly HashSet<(string Parser, int Place)> Refused = [("recipe", 2), ("npy", 3)];

    public static TheoryData<string> Parsers => [.. FuzzCatalog.Names];

    [Theory]
    [MemberData(nameof(Parsers))]
    public void A_damaged_file_is_a_value_or_an_error(string parser)
    {
        using var target = FuzzCatalog.Make(parser);
        using var findings = new TemporaryFolder();

        var tally = new FuzzRun(target, findings.FullName).Run(Seconds);

        Assert.True(tally.Inputs > 20, $"{parser} got {tally.Inputs} files in {Seconds} s.");
        Assert.True(tally.Rejected > 0, $"{parser} takes whatever it is given.");
    }

    [Theory]
    [MemberData(nameof(Parsers))]
    public void A_valid_file_is_read(string parser)
    {
        using var target = FuzzCatalog.Make(parser);

        Assert.All(target.Seeds.Where((_, place) => !Refused.Contains((parser, place))), seed => Assert.True(target.Read(seed)));
    }
}
