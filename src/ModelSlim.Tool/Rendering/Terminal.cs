using Spectre.Console;

namespace ModelSlim.Tool.Rendering;

/// <summary>Makes Spectre's consoles over the streams of the host.</summary>
internal static class Terminal
{
    private const int WidthOfFiles = 160;

    /// <summary>A console for tables and live progress.</summary>
    /// <param name="writer">The stream.</param>
    /// <param name="isTerminal">True where a person reads it.</param>
    /// <param name="noColor">True where there must be no colours.</param>
    public static IAnsiConsole Over(TextWriter writer, bool isTerminal, bool noColor)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = isTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = isTerminal && !noColor ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = isTerminal ? InteractionSupport.Yes : InteractionSupport.No,
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
        if (!isTerminal)
        {
            console.Profile.Width = WidthOfFiles;
        }

        return console;
    }
}
