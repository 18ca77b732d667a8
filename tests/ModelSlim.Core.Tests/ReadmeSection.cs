namespace ModelSlim.Core.Tests;

/// <summary>A part of the README that is written by the code, between two marks.</summary>
internal static class ReadmeSection
{
    private const string Update = "MODELSLIM_UPDATE_README";

    /// <summary>Fails where the README says something else. With the variable above set, it is corrected instead.</summary>
    public static void MustBe(string start, string end, string content)
    {
        var path = Path.Combine(Root(), "README.md");
        var text = File.ReadAllText(path).ReplaceLineEndings("\n");
        var from = text.IndexOf(start, StringComparison.Ordinal) + start.Length;
        var to = text.IndexOf(end, StringComparison.Ordinal);
        Assert.True(from >= start.Length && to >= from, $"The README has no part between {start} and {end}.");
        if (Environment.GetEnvironmentVariable(Update) is { Length: > 0 })
        {
            text = $"{text[..from]}\n{content}{text[to..]}";
            File.WriteAllText(path, text);
            to = text.IndexOf(end, StringComparison.Ordinal);
        }

        Assert.True(
            content.Trim() == text[from..to].Trim(),
            $"The README differs from the code between {start} and {end}; run this test once with {Update}=1.");
    }

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "global.json")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("No global.json above the tests.");
        }

        return folder;
    }
}
