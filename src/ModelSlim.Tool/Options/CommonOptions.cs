using System.CommandLine;
using System.CommandLine.Parsing;

namespace ModelSlim.Tool.Options;

/// <summary>The options that every verb has, as the command line knows them.</summary>
internal sealed class CommonOptions
{
    private static readonly Dictionary<string, Verbosity> Words = new(StringComparer.Ordinal)
    {
        ["q"] = Verbosity.Quiet,
        ["quiet"] = Verbosity.Quiet,
        ["m"] = Verbosity.Minimal,
        ["minimal"] = Verbosity.Minimal,
        ["n"] = Verbosity.Normal,
        ["normal"] = Verbosity.Normal,
        ["d"] = Verbosity.Detailed,
        ["detailed"] = Verbosity.Detailed,
        ["diag"] = Verbosity.Diagnostic,
        ["diagnostic"] = Verbosity.Diagnostic,
    };

    private readonly Option<bool> json = new("--json")
    {
        Description = "Write one JSON document to standard output; messages go to standard error",
        Recursive = true,
    };

    private readonly Option<Verbosity> verbosity = new("--verbosity", "-v")
    {
        Description = "How much is said: q, m, n (the default), d or diag",
        HelpName = "LEVEL",
        Recursive = true,
        CustomParser = ReadVerbosity,
    };

    private readonly Option<string?> cacheDirectory = new("--cache-dir")
    {
        Description = "Folder of the store of results",
        HelpName = "DIR",
        Recursive = true,
    };

    private readonly Option<bool> offline = new("--offline") { Description = "Fetch nothing", Recursive = true };

    private readonly Option<int?> threads = new("--threads")
    {
        Description = "Number of threads; results do not depend on it",
        HelpName = "N",
        Recursive = true,
        CustomParser = WholeNumber.Between(1, 1024),
    };

    private readonly Option<long?> seed = new("--seed")
    {
        Description = "Seed of everything random, in place of the recipe's",
        HelpName = "N",
        Recursive = true,
        CustomParser = WholeNumber.Between(0L, int.MaxValue),
    };

    /// <summary>Makes the options.</summary>
    public CommonOptions() => verbosity.CompletionSources.Add(_ => ["q", "m", "n", "d", "diag"]);

    /// <summary>Adds them to the command that they hold for.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(json);
        command.Options.Add(verbosity);
        command.Options.Add(cacheDirectory);
        command.Options.Add(offline);
        command.Options.Add(threads);
        command.Options.Add(seed);
    }

    /// <summary>What a command line says; what it says wrongly counts as not said.</summary>
    public RunSettings Read(ParseResult line) => new()
    {
        Json = Valid(line, json) && line.GetValue(json),
        Verbosity = Valid(line, verbosity) ? line.GetValue(verbosity) : Verbosity.Normal,
        CacheDirectory = Valid(line, cacheDirectory) ? line.GetValue(cacheDirectory) : null,
        Offline = Valid(line, offline) && line.GetValue(offline),
        Threads = Valid(line, threads) ? line.GetValue(threads) : null,
        Seed = Valid(line, seed) ? line.GetValue(seed) : null,
    };

    private static bool Valid(ParseResult line, Option option) => line.GetResult(option) is { } result && !result.Errors.Any();

    private static Verbosity ReadVerbosity(ArgumentResult argument)
    {
        var word = argument.Tokens.Count > 0 ? argument.Tokens[0].Value : string.Empty;
        if (Words.TryGetValue(word, out var level))
        {
            return level;
        }

        argument.AddError($"Verbosity '{word}' is none of q, m, n, d, diag.");
        return Verbosity.Normal;
    }
}
